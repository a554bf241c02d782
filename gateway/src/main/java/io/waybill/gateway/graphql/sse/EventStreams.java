package io.waybill.gateway.graphql.sse;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.execution.GraphQlRequest;
import io.waybill.gateway.graphql.field.Asker;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All event streams. One thread of its own keeps them alive, by which it finds who has left; it
 * never waits. Closing breaks them off. Safe for use by many threads.
 */
public final class EventStreams implements AutoCloseable {

    /** The media type of streams. */
    public static final String MEDIA_TYPE = "text/event-stream";

    private static final long LAST_WORDS_MILLIS = 1_000;
    private static final long MOMENT_MILLIS = 200;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long NEVER = 0;

    private final GraphQlExecution execution;
    private final StreamLimits limits;

    /** Guarded by this. */
    private final Map<EventStream, Client> streams = new HashMap<>();

    private boolean closed;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("event-stream-watch").factory());

    /** Whose streams are counted together. */
    private record Client(Principal principal, String address) {}

    /** Serves streams within these limits. */
    public EventStreams(GraphQlExecution execution, StreamLimits limits) {
        this.execution = execution;
        this.limits = limits;
        long period = limits.keepAlive().toMillis();
        var _ =
                watch.scheduleWithFixedDelay(
                        this::keepAlive, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Executes a request whose results go out as a stream, and returns at once.
     *
     * @throws WaybillException when there are as many streams as there may be, or Waybill stops;
     *     nothing was sent then
     */
    public void open(
            HttpServletRequest request,
            HttpServletResponse response,
            GraphQlRequest asked,
            Asker asker)
            throws IOException {
        EventStream stream;
        synchronized (this) {
            Client client = new Client(asker.principal(), request.getRemoteAddr());
            admit(client);
            OutputStream out = response.getOutputStream();
            stream = new EventStream(started(request, response), out, this::forget);
            streams.put(stream, client);
        }
        stream.open();
        CompletableFuture<?> _ =
                execution
                        .execute(asked, asker)
                        .thenAccept(stream::executed)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (failure != null) {
                                        stream.onError(failure);
                                    }
                                });
    }

    /** How many streams are open, those included whose last words are still being written. */
    public synchronized int streams() {
        return streams.size();
    }

    /** Breaks all streams off, and waits up to a second until that is written. */
    @Override
    public void close() {
        watch.shutdownNow();
        List<EventStream> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(streams.keySet());
        }
        CompletableFuture.allOf(
                        open.stream().map(EventStream::breakOff).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private void admit(Client client) {
        if (closed) {
            throw new WaybillException(ErrorCode.UNAVAILABLE, "Waybill stops").retryAfter(SOON);
        }
        if (streams.size() >= limits.streams()) {
            throw tooMany("there are %d event streams already".formatted(limits.streams()));
        }
        if (Collections.frequency(streams.values(), client) >= limits.perClient()) {
            throw tooMany(
                    "you have %d event streams already; close one first"
                            .formatted(limits.perClient()));
        }
    }

    private static WaybillException tooMany(String sentence) {
        return new WaybillException(ErrorCode.RESOURCE_EXHAUSTED, sentence).retryAfter(SOON);
    }

    private static AsyncContext started(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType(MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // or a proxy may keep events to itself
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(NEVER);
        return context;
    }

    private synchronized void forget(EventStream stream) {
        streams.remove(stream);
    }

    /**
     * Writes to all streams, and again a moment later: what is first written to a client that has
     * left is still taken by the network, and makes the other side say that nobody is there.
     */
    void keepAlive() {
        writeToAll();
        var _ = watch.schedule(this::writeToAll, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void writeToAll() {
        List<EventStream> open;
        synchronized (this) {
            open = List.copyOf(streams.keySet());
        }
        open.forEach(EventStream::keepAlive);
    }
}
