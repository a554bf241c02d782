/**
 * Reading accounts and their statements. An account has the id of its customer; a line of its
 * statement is a movement, and they come in the order in which they happened.
 */
@NullMarked
package io.waybill.reader.account;

import org.jspecify.annotations.NullMarked;
