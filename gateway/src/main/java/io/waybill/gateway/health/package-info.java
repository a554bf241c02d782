/**
 * How the program is, for whoever watches over it: one entry in the health endpoint for each role
 * that runs here.
 */
@NullMarked
package io.waybill.gateway.health;

import org.jspecify.annotations.NullMarked;
