/**
 * The playground: a page in which a person writes GraphQL and sees what comes back, from files that
 * are all here. It needs no internet.
 */
@NullMarked
package io.waybill.gateway.playground;

import org.jspecify.annotations.NullMarked;
