/**
 * Money: exact amounts of one currency, and what is ordered for it. Pure: nothing but {@code
 * java.base}.
 */
@NullMarked
package io.waybill.writer.money;

import org.jspecify.annotations.NullMarked;
