/**
 * Reading the past: what happened to an aggregate, event by event, and how it was at a version or a
 * time. Events go out as JSON, by their descriptors; one of a type that this reader does not know
 * goes out by its name alone.
 */
@NullMarked
package io.waybill.reader.history;

import org.jspecify.annotations.NullMarked;
