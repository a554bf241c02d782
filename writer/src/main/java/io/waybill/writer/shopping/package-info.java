/**
 * The shopping lists of orders: what the kitchen is to put together, and who does.
 *
 * <p>Commands come in with the time at which they are decided; events or a refusal go out. What
 * holds: a list is created, initiated, assigned and completed, in that order; it may be given to
 * somebody else while it is not complete; a cancelled one stays cancelled. Pure: nothing but {@code
 * java.base}.
 */
@NullMarked
package io.waybill.writer.shopping;

import org.jspecify.annotations.NullMarked;
