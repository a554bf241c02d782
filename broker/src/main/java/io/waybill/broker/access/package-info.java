/**
 * Who may do what on the broker.
 *
 * <p>A connection comes in through {@link io.waybill.broker.access.ConnectRules} (a client's id is
 * put under its principal's name, so that nobody can take over another's session) and {@link
 * io.waybill.broker.access.Admission} (credentials, wills). A message comes in through {@link
 * io.waybill.broker.access.Ingress}, which asks {@link io.waybill.broker.access.TopicRules} and
 * stamps commands; it goes out to clients through {@link io.waybill.broker.access.Egress}. What
 * holds: a message on a command topic carries a stamp that a gateway or this package made; answers
 * reach only the principal that they are for; a refusal never ends the connection of a client, but
 * for want of room on the disk, or when the packet itself is none that MQTT or the broker's bounds
 * allow.
 */
@NullMarked
package io.waybill.broker.access;

import org.jspecify.annotations.NullMarked;
