/**
 * The read model of shopping lists: in come the events of their streams, out go rows by the order
 * that each is for, listed for the kitchen by restaurant and by status.
 */
@NullMarked
package io.waybill.database.shopping;

import org.jspecify.annotations.NullMarked;
