/**
 * The loads on contacts, each driven through the GraphQL door: adds as fast as they are accepted,
 * adds at a fixed rate, reads of one's own write, lists. What goes in are the settings of a run;
 * what comes out are its figures, and a {@link io.waybill.bench.contact.Ledger} of what was
 * accepted, which is checked against what the system shows in the end.
 */
@NullMarked
package io.waybill.bench.contact;

import org.jspecify.annotations.NullMarked;
