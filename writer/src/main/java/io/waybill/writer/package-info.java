/**
 * The writer: takes commands off the queue and decides them.
 *
 * <p>The way of a command, by package: {@code intake} takes and decodes it, {@code lane} keeps it
 * in the order of its aggregate and holds it for its delay, {@code decide} folds the aggregate and
 * asks the domain ({@code contact}, {@code account}, {@code restaurant}, {@code shopping}, {@code
 * order} with its {@code saga}, by way of {@code codec}), {@code append} writes what was decided to
 * the log ({@code store}), {@code answer} tells its sender; then it is acknowledged. {@code own}
 * makes the commands that the writer sends to itself: what a saga asks of a participant, what it
 * hears of it ({@code reply}), and what is due ({@code timer}). {@code poison} guards against a
 * command that kills its writer. {@code relay} reads the log beside all that and tells what
 * happened to whoever listens.
 *
 * <p>What holds: every command gets exactly one outcome, recorded in the log, whose checks of
 * identity, predecessor and version decide alone; the writer's memory only saves time. Nothing is
 * acknowledged before its outcome is on disk.
 */
@NullMarked
package io.waybill.writer;

import org.jspecify.annotations.NullMarked;
