/**
 * Reading orders, and how far their sagas are. What comes in is a call of {@code
 * waybill.reader.v1}; {@code OrderLists} says which lists of them there are.
 */
@NullMarked
package io.waybill.reader.order;

import org.jspecify.annotations.NullMarked;
