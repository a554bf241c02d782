/**
 * Lanes: the commands of one stream, one after the other; streams side by side.
 *
 * <p>Comes in: pending commands in the order of arrival. Goes out: groups of one stream whose delay
 * is over, never two groups of one stream at a time. What holds: within a stream, the order of what
 * the queue brought, and of what the writer itself sends; an idle lane takes no memory; waiting
 * holds up no other lane, and nothing that the writer itself sends.
 */
@NullMarked
package io.waybill.writer.lane;

import org.jspecify.annotations.NullMarked;
