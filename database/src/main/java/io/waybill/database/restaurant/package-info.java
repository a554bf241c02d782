/**
 * The read model of restaurants: in come the events of restaurant streams, out go rows with the
 * menu and what is in stock, listed by when they were registered and by name.
 */
@NullMarked
package io.waybill.database.restaurant;

import org.jspecify.annotations.NullMarked;
