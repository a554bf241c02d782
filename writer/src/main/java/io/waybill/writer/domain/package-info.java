/** What all aggregates' decisions have in common. Pure: nothing but {@code java.base}. */
@NullMarked
package io.waybill.writer.domain;

import org.jspecify.annotations.NullMarked;
