/** Who is who: principals of users, roles of processes, and the secrets by which they are known. */
@NullMarked
package io.waybill.wire.identity;

import org.jspecify.annotations.NullMarked;
