/** Instants between the domain, which has Java's own, and what is stored. */
@NullMarked
package io.waybill.writer.time;

import org.jspecify.annotations.NullMarked;
