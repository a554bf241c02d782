/**
 * The queue as every role uses it: a session that stays connected, messages with their MQTT 5
 * properties, the stamp that says who sent a command and when, and which topics are whose.
 */
@NullMarked
package io.waybill.wire.mqtt;

import org.jspecify.annotations.NullMarked;
