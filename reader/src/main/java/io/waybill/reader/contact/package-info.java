/**
 * Reading contacts. What comes in is a call of {@code waybill.reader.v1.ContactReader}; {@link
 * io.waybill.reader.contact.ContactLists} says which lists of them there are.
 */
@NullMarked
package io.waybill.reader.contact;

import org.jspecify.annotations.NullMarked;
