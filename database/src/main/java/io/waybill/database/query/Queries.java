package io.waybill.database.query;

import io.grpc.BindableService;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.projection.Progress;
import io.waybill.database.projection.ReadModel;
import io.waybill.database.tail.LogTail;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The query services of a store. Owns two threads, on which go on the queries that had to wait, and
 * one that makes rows of the past, for which at most {@value #MOST_PAST} wait at a time.
 */
public final class Queries implements AutoCloseable {

    private static final int MOST_PAST = 100;

    private final ExecutorService executor = Executors.newFixedThreadPool(2, threads("query-"));
    private final ExecutorService past =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_PAST),
                    threads("query-past-"));
    private final List<BindableService> services;

    /**
     * @param models what can be read
     * @param commands how far the commands projection is
     */
    public Queries(
            StorageEngine engine,
            LogTail tail,
            Collection<ReadModel<?>> models,
            Progress commands) {
        FreshReads fresh = new FreshReads(tail, engine.rows(), commands, executor);
        Models known = new Models(models);
        services =
                List.of(
                        new ViewQueriesService(
                                engine.rows(),
                                known,
                                fresh,
                                new Streams(engine.log(), known, fresh, commands, past)),
                        new CommandQueriesService(commands, fresh),
                        new StoreQueriesService(engine.info()));
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().name(name, 0).daemon().factory();
    }

    /** What a server is to offer. */
    public List<BindableService> services() {
        return services;
    }

    /** To be called when no query waits any more. */
    @Override
    public void close() {
        executor.shutdown();
        past.shutdownNow();
    }
}
