/** What the program asks of each of its roles: to start, to say how it is, and to close. */
@NullMarked
package io.waybill.wire.role;

import org.jspecify.annotations.NullMarked;
