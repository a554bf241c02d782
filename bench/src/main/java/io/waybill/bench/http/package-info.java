/**
 * An HTTP/1.1 client made for load: one thread, a fixed number of connections that are kept open,
 * requests that are bytes before they are sent. What comes in is a {@link
 * io.waybill.bench.http.Work} that says what to send and when; what goes out is each answer with
 * the time it came. It takes a few microseconds a request, so that it measures the system and not
 * itself on a machine that both share.
 */
@NullMarked
package io.waybill.bench.http;

import org.jspecify.annotations.NullMarked;
