package io.waybill.reader;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the reader is set up.
 *
 * @param address where it listens; port 0 takes a free one
 * @param inProcessName the name under which it is found in this JVM
 * @param delay how long the writer holds a command back: a read that waits for a command allows for
 *     it
 */
public record ReaderSettings(InetSocketAddress address, String inProcessName, Duration delay) {}
