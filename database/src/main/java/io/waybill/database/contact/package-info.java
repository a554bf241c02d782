/**
 * The read model of contacts: in come the events of contact streams, out go rows that hold what
 * every door shows of a contact, listed by when they were added, by name, by e-mail address and by
 * their last change.
 */
@NullMarked
package io.waybill.database.contact;

import org.jspecify.annotations.NullMarked;
