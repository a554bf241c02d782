/**
 * Reading commands that could not be handled. What comes in names none but the caller's own, and
 * those that sagas sent, which belong to nobody.
 */
@NullMarked
package io.waybill.reader.deadletter;

import org.jspecify.annotations.NullMarked;
