/**
 * The web servers, by Spring Boot. With a gateway here its GraphQL and the health of all roles are
 * served at one port; without one there is a small server for health and metrics. Everything that
 * Spring builds lives in here and in the gateway.
 */
@NullMarked
package io.waybill.app.web;

import org.jspecify.annotations.NullMarked;
