/**
 * Reading shopping lists. What comes in is a call of {@code waybill.reader.v1}; {@code
 * ShoppingLists} says which lists of them there are.
 */
@NullMarked
package io.waybill.reader.shopping;

import org.jspecify.annotations.NullMarked;
