/**
 * Orders: what may be asked of one, what happened to it, and what it is now.
 *
 * <p>The order's stream is also that of its create-order saga, so that what the saga waits for is a
 * function of the order's state and of nothing else. {@link OrderDecider} takes a command and the
 * state; events or a refusal go out, with the request that is to be sent and the wake-up that is to
 * be set. What holds: the order arbitrates its own pivot, in the order in which commands reach it;
 * before it, everything that was or may have been done is taken back, the last first; after it,
 * nothing is; an order ends once, and times only ever advance. Pure: nothing but {@code java.base}
 * and the packages {@code domain}, {@code money} and {@code saga}.
 */
@NullMarked
package io.waybill.writer.order;

import org.jspecify.annotations.NullMarked;
