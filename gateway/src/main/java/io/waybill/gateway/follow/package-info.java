/**
 * What became of a command: its outcome when it is known, {@code PENDING} while this gateway holds
 * it. Comes in: an identity; goes out: one status, or a status and then the outcome as soon as it
 * is known, from the gateway's own outbox at once, for commands that came in elsewhere through the
 * reader.
 */
@NullMarked
package io.waybill.gateway.follow;

import org.jspecify.annotations.NullMarked;
