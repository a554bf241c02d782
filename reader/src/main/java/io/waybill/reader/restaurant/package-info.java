/**
 * Reading restaurants with their menus. What comes in is a call of {@code waybill.reader.v1};
 * {@code RestaurantLists} says which lists of them there are.
 */
@NullMarked
package io.waybill.reader.restaurant;

import org.jspecify.annotations.NullMarked;
