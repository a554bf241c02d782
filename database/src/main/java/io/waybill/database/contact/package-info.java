/**
 * The read model of contacts: in come the events of contact streams, out go rows that hold what
 * every door shows of a contact, listed in the order in which they were added.
 */
@NullMarked
package io.waybill.database.contact;

import org.jspecify.annotations.NullMarked;
