/**
 * The create-order saga on paper: its steps, what each asks of whom, how it is taken back, and how
 * patiently.
 *
 * <p>{@link io.waybill.writer.saga.Step} is the table. What carries it out is the order itself
 * (package {@code order}), whose stream is also its saga's: there is no second truth. What holds:
 * steps that can be taken back come first, then the one pivot, then steps that are tried until they
 * are done. Pure: nothing but {@code java.base}.
 */
@NullMarked
package io.waybill.writer.saga;

import org.jspecify.annotations.NullMarked;
