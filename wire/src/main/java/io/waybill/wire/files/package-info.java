/**
 * What every role that keeps something on disk needs: folders that are its owner's alone, and how
 * much room is left. Depends on nothing else of Waybill.
 */
@NullMarked
package io.waybill.wire.files;

import org.jspecify.annotations.NullMarked;
