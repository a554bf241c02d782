/**
 * Reading views, whatever they show: what the readers of contacts, orders and all others share. A
 * {@link io.waybill.reader.view.Views} reads one read model of the database, by id or in pages; a
 * {@link io.waybill.reader.view.Listing} says which list is meant, and a {@link
 * io.waybill.reader.view.Portion} which part of it.
 */
@NullMarked
package io.waybill.reader.view;

import org.jspecify.annotations.NullMarked;
