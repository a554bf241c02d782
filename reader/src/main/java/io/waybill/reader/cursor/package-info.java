/**
 * Cursors: where in a list a page ended, in a form that clients keep and give back without looking
 * into it. The place of a row goes in and a short text comes out, and the same back; what another
 * list gave, or somebody altered, is refused.
 */
@NullMarked
package io.waybill.reader.cursor;

import org.jspecify.annotations.NullMarked;
