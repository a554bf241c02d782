/**
 * The read API of the system that Waybill follows, for programs built for it. Calls of {@code
 * protocol.ContactReader} come in and are read by the same rules as all others; what goes wrong is
 * said in the response, as those programs expect, and not as a gRPC status.
 */
@NullMarked
package io.waybill.reader.protocol;

import org.jspecify.annotations.NullMarked;
