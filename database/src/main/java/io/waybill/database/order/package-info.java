/**
 * The read model of orders: in come the events of order streams and the wake-ups of their sagas,
 * out go rows that show the order, how far its saga is and what it waits for, listed by everything
 * that orders are looked for by.
 */
@NullMarked
package io.waybill.database.order;

import org.jspecify.annotations.NullMarked;
