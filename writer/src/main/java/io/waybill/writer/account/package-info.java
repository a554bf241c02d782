/**
 * The accounts of customers: what was paid in, what is held for payments to come, what paid for
 * orders, and what was paid out.
 *
 * <p>Commands come in with the time at which they are decided; events or a refusal go out. What
 * holds at every version: deposited = balance + held + debited + withdrawn, nothing below zero
 * ({@link Totals} cannot be built otherwise); all of it is of the one currency that the first
 * deposit fixed. An account keeps totals and its open authorizations, never an entry per order: a
 * debit that is taken back comes with what it did. Pure: nothing but {@code java.base}.
 */
@NullMarked
package io.waybill.writer.account;

import org.jspecify.annotations.NullMarked;
