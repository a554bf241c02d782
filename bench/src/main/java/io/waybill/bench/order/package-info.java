/**
 * The loads on orders: each is posted through the REST door to a {@link
 * io.waybill.bench.order.Town} of funded customers and restaurants with stock, and its approval is
 * heard over MQTT, from the relay. What goes in are the settings of a run; what comes out are its
 * figures, and books that are checked against what the system shows in the end: every accepted
 * order there, once and as it should be, and the money and the stock right.
 */
@NullMarked
package io.waybill.bench.order;

import org.jspecify.annotations.NullMarked;
