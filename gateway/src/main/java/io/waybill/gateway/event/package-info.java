/**
 * What the relay tells, as this gateway hears it: events come in over an MQTT session that forgets
 * everything with its connection, and what they are about is read again, many at a time, for
 * whoever watches it. A gap in the sequences, or a new connection, counts as if all had changed.
 */
@NullMarked
package io.waybill.gateway.event;

import org.jspecify.annotations.NullMarked;
