/**
 * The broker role: an MQTT broker inside this program, for clients and for the other roles.
 *
 * <p>What comes in are connections over TCP and WebSocket; {@code access} decides who may do what
 * and stamps commands once at ingress, {@code embedded} runs the broker itself. What goes out:
 * commands to the writer, answers to whom they belong. What a session has not acknowledged outlives
 * a restart.
 */
@NullMarked
package io.waybill.broker;

import org.jspecify.annotations.NullMarked;
