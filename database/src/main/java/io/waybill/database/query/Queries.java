package io.waybill.database.query;

import io.grpc.BindableService;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.projection.Progress;
import io.waybill.database.tail.LogTail;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The query services of a store. Owns two threads, on which go on the queries that had to wait. */
public final class Queries implements AutoCloseable {

    private final ExecutorService executor =
            Executors.newFixedThreadPool(
                    2, Thread.ofPlatform().name("query-", 0).daemon().factory());
    private final List<BindableService> services;

    /**
     * @param contacts how far the contacts projection is
     * @param commands how far the commands projection is
     */
    public Queries(StorageEngine engine, LogTail tail, Progress contacts, Progress commands) {
        FreshReads fresh = new FreshReads(tail, engine.rows(), commands, executor);
        services =
                List.of(
                        new ContactQueriesService(engine.rows(), contacts, fresh),
                        new CommandQueriesService(commands, fresh),
                        new StoreQueriesService(engine.info()));
    }

    /** What a server is to offer. */
    public List<BindableService> services() {
        return services;
    }

    /** To be called when no query waits any more. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
