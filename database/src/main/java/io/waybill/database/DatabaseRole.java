package io.waybill.database;

import com.google.protobuf.util.Timestamps;

import io.grpc.BindableService;
import io.waybill.database.append.Committer;
import io.waybill.database.append.EventStoreService;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.engine.rocks.RocksEngine;
import io.waybill.database.feed.EventFeedService;
import io.waybill.database.order.StuckSagas;
import io.waybill.database.query.Queries;
import io.waybill.database.tail.LogTail;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.GrpcServer;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** The event log and the read models, behind one gRPC server. */
public final class DatabaseRole implements RunningRole {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRole.class);

    private final DatabaseSettings settings;
    private final Credentials credentials;
    private final Supplier<StorageEngine> opening;
    private final Deque<Opened> opened = new ArrayDeque<>();
    private volatile @Nullable Running running;

    private record Opened(String what, AutoCloseable part) {}

    private record Running(
            StorageEngine engine,
            GrpcServer server,
            LogTail tail,
            ReadModels models,
            StuckSagas sagas) {

        /** What an operator should see to. */
        List<String> warnings() {
            List<String> warnings = new ArrayList<>(engine.warnings());
            sagas.warning(Timestamps.now()).ifPresent(warnings::add);
            return warnings;
        }
    }

    /** A database on the embedded engine. */
    public DatabaseRole(DatabaseSettings settings, Credentials credentials) {
        this(settings, credentials, () -> RocksEngine.open(settings.folder()));
    }

    DatabaseRole(
            DatabaseSettings settings, Credentials credentials, Supplier<StorageEngine> opening) {
        this.settings = settings;
        this.credentials = credentials;
        this.opening = opening;
    }

    @Override
    public Role role() {
        return Role.DATABASE;
    }

    @Override
    public synchronized void start() {
        try {
            running = open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Running open() {
        StorageEngine engine = own("its store", opening.get());
        LogTail tail = new LogTail(engine.log());
        Committer committer = own("its log", new Committer(engine.log(), tail));
        ReadModels models = new ReadModels(tail, engine.rows());
        Queries queries =
                own("its queries", new Queries(engine, tail, models.views(), models.commands()));
        EventFeedService feed = new EventFeedService(engine, tail);
        List<BindableService> services = new ArrayList<>(queries.services());
        services.add(new EventStoreService(engine, committer));
        services.add(feed);
        GrpcServer server =
                own("its server", new GrpcServer(serverSettings(), credentials, services));
        // Closed before the server: their end ends the calls that wait for them.
        own("its read models", models);
        own("its feed", feed);
        models.start();
        server.start();
        server.serving(true);
        return new Running(engine, server, tail, models, new StuckSagas(engine.rows()));
    }

    private GrpcServer.Settings serverSettings() {
        return new GrpcServer.Settings(
                settings.inProcessName(), settings.address(), DatabaseAccess.table(), false);
    }

    private <T extends AutoCloseable> T own(String what, T part) {
        opened.push(new Opened(what, part));
        return part;
    }

    /** The port its server listens on, once it is started. */
    public int port() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the database is not started");
        }
        return now.server().port();
    }

    @Override
    public Health health() {
        Running now = running;
        if (now == null) {
            return new Health(false, "not started");
        }
        long end;
        List<String> warnings;
        try {
            end = now.tail().end();
            warnings = now.warnings();
        } catch (WaybillException e) {
            return new Health(false, e.sentence());
        }
        StringBuilder detail = new StringBuilder("the log is at position %d".formatted(end));
        boolean stopped = false;
        for (var model : now.models().progress().entrySet()) {
            stopped |= model.getValue().stopped().isPresent();
            detail.append("; ")
                    .append(
                            model.getValue()
                                    .stopped()
                                    .orElse(
                                            "projection %s is at %d"
                                                    .formatted(
                                                            model.getKey(),
                                                            model.getValue().position())));
        }
        return new Health(!stopped, detail.toString(), warnings);
    }

    /**
     * Ends the feeds and the queries that wait, takes no more calls, appends what waits, then
     * closes the store.
     */
    @Override
    public synchronized void close() {
        running = null;
        while (!opened.isEmpty()) {
            Opened next = opened.pop();
            try {
                next.part().close();
            } catch (Exception e) {
                LOG.warn("the database closed, but not {} as it should", next.what(), e);
            }
        }
    }
}
