/**
 * Deciding: a pending command and the folded state of its aggregate come in, a proposed commit goes
 * out.
 *
 * <p>States are folded from a bounded cache, else from the log, and know nothing of any one kind of
 * aggregate. What holds: a commit names the version that it was decided on; a command that fails
 * three times, through its own fault, becomes a dead letter, and nothing else does. All of it runs
 * on the pipeline's event loop.
 */
@NullMarked
package io.waybill.writer.decide;

import org.jspecify.annotations.NullMarked;
