/**
 * Commands that the writer sends to itself, past the queue: what a saga asks of its participants,
 * what it hears from them, and what a timer causes. They take the same way through the lanes as all
 * others, without the delay, under the principal {@code saga}.
 *
 * <p>What holds: the same cause makes the same command, so that sending again has no second effect.
 * None of them is kept anywhere but in what causes it: a timer or the feed sends it again after a
 * crash. One that becomes a dead letter stops nothing for ever: a reply is given anew when its saga
 * asks again, and a timer that still stands is tried anew each hour.
 */
@NullMarked
package io.waybill.writer.own;

import org.jspecify.annotations.NullMarked;
