/**
 * Restaurants: their menus, their stock, whether they take orders, and how they review them.
 *
 * <p>Commands come in with the time at which they are decided; events or a refusal go out. What
 * holds at every version: what is available of an item, on hand less reserved, is never below zero
 * ({@link Stock} cannot be built otherwise); all prices are of the restaurant's one currency; an
 * order's items are reserved all or none, at the menu's prices. A restaurant keeps totals per item,
 * never an entry per order: a reservation that is taken back comes with what it did. Pure: nothing
 * but {@code java.base}.
 */
@NullMarked
package io.waybill.writer.restaurant;

import org.jspecify.annotations.NullMarked;
