package io.waybill.reader;

import io.grpc.ManagedChannel;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.wire.grpc.GrpcServer;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;
import io.waybill.wire.time.ThreadEventLoop;

/**
 * The reader: the public gRPC read API, with reflection and health. It is up while the database
 * answers, and while it does not, every read fails with UNAVAILABLE within five seconds.
 *
 * <p>It has one thread of its own, which looks after its health; calls are served on gRPC's.
 */
public final class ReaderRole implements RunningRole {

    // A thousand ids need some 40 KB.
    private static final int MAX_REQUEST_BYTES = 256 * 1024;

    private final ThreadEventLoop loop = new ThreadEventLoop("waybill-reader");
    private final GrpcServer server;
    private final DatabaseProbe probe;

    /**
     * Sets the role up; {@link #start()} opens it.
     *
     * @param database a channel to the database that carries the reader's credentials; stays the
     *     caller's to shut down
     */
    public ReaderRole(ReaderSettings settings, Credentials credentials, ManagedChannel database) {
        Database queries = new Database(database);
        ReadTerms.Rules terms = new ReadTerms.Rules(settings.delay());
        server =
                new GrpcServer(
                        new GrpcServer.Settings(
                                        settings.inProcessName(),
                                        settings.address(),
                                        ReaderAccess.table(),
                                        true)
                                .taking(MAX_REQUEST_BYTES),
                        credentials,
                        ReaderServices.of(queries, terms));
        probe = new DatabaseProbe(queries, loop, server::serving);
    }

    @Override
    public Role role() {
        return Role.READER;
    }

    @Override
    public void start() {
        server.start();
        probe.start();
    }

    /** The TCP port it listens on, once started. */
    public int port() {
        return server.port();
    }

    @Override
    public Health health() {
        return probe.health();
    }

    @Override
    public void close() {
        loop.close();
        server.close();
    }
}
