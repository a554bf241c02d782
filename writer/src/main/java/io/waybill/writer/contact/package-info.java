/**
 * Contacts: what may be asked of one, what happened to it, and what it is now. A customer is a
 * contact that may order.
 *
 * <p>Commands come in with the time at which they are decided; events or a refusal go out. What
 * holds: a contact that is absent or deleted refuses every change, an id is never used again, and
 * the time of a contact's last change strictly advances whatever the clock does. Pure: nothing but
 * {@code java.base}.
 */
@NullMarked
package io.waybill.writer.contact;

import org.jspecify.annotations.NullMarked;
