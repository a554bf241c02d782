/**
 * The read models of accounts: in come the events of account streams, out go the accounts as they
 * are and their statements, a line for each event. Sums are exact; what would overflow stops the
 * projection.
 */
@NullMarked
package io.waybill.database.account;

import org.jspecify.annotations.NullMarked;
