package io.waybill.database;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * What a database is started with.
 *
 * @param folder its own; made when missing
 * @param address where its gRPC server listens; port 0 takes a free one
 * @param inProcessName the name under which roles of the same JVM reach it
 */
public record DatabaseSettings(Path folder, InetSocketAddress address, String inProcessName) {}
