/**
 * Reading contacts. What comes in is a call of {@code waybill.reader.v1.ContactReader}; {@link
 * io.waybill.reader.contact.Contacts} holds the rules that every way of reading them shares.
 */
@NullMarked
package io.waybill.reader.contact;

import org.jspecify.annotations.NullMarked;
