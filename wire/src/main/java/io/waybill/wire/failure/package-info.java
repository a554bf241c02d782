/** What goes wrong, in one closed list of codes that reads the same at every door. */
@NullMarked
package io.waybill.wire.failure;

import org.jspecify.annotations.NullMarked;
