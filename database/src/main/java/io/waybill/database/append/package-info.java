/**
 * The way into the log. In come calls of the {@code EventStore} service, each with a batch of
 * proposed commits; the {@link io.waybill.database.append.Committer}, one thread, writes all that
 * wait as one durable batch and then answers them. What is answered is on disk; what waits is
 * bounded.
 */
@NullMarked
package io.waybill.database.append;

import org.jspecify.annotations.NullMarked;
