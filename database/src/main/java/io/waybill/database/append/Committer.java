package io.waybill.database.append;

import io.waybill.database.engine.Appended;
import io.waybill.database.engine.EventLog;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.eventstore.v1.AppendRequest;
import io.waybill.proto.eventstore.v1.AppendResponse;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The one that appends to a log: takes all that waits, up to {@link #MOST_AT_ONCE} commits, and
 * writes it as one batch. Owns two threads: one appends, one completes the answers, so that the
 * next batch is on its way to the disk meanwhile.
 *
 * <p>What waits for either is bounded by {@link #MOST_WAITING} commits and {@link
 * #MOST_WAITING_BYTES}; beyond that a call fails with RESOURCE_EXHAUSTED, and nothing of it is
 * written. Its own lock guards the queue.
 */
public final class Committer implements AutoCloseable {

    static final int MOST_WAITING = 20_000;
    static final long MOST_WAITING_BYTES = 32L << 20;
    private static final int MOST_AT_ONCE = 2_000;
    private static final Duration UNTIL_THE_QUEUE_IS_SHORTER = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private record Waiting(
            List<ProposedCommit> commits, long bytes, CompletableFuture<AppendResponse> answer) {}

    private final EventLog log;
    private final LogTail tail;
    private final Thread thread;
    private final ExecutorService answers;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int waitingCommits;
    private long waitingBytes;
    private boolean closed;

    /** Begins to append to a log; nobody else may. */
    public Committer(EventLog log, LogTail tail) {
        this.log = log;
        this.tail = tail;
        this.answers =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("append-answers").daemon().factory());
        this.thread = Thread.ofPlatform().name("committer").daemon().start(this::run);
    }

    /**
     * Appends the commits of a request. The answer is completed when all of them are durable, on a
     * thread of the committer's: what follows must not block.
     */
    public synchronized CompletableFuture<AppendResponse> append(AppendRequest request) {
        if (closed) {
            return CompletableFuture.failedFuture(stopping());
        }
        int commits = request.getCommitsCount();
        long bytes = request.getSerializedSize();
        if (waitingCommits > 0
                && (waitingCommits + commits > MOST_WAITING
                        || waitingBytes + bytes > MOST_WAITING_BYTES)) {
            return CompletableFuture.failedFuture(
                    new WaybillException(
                                    ErrorCode.RESOURCE_EXHAUSTED,
                                    "%d commits wait to be appended, no more are taken"
                                            .formatted(waitingCommits))
                            .retryAfter(UNTIL_THE_QUEUE_IS_SHORTER));
        }
        Waiting waiting = new Waiting(request.getCommitsList(), bytes, new CompletableFuture<>());
        queue.add(waiting);
        waitingCommits += commits;
        waitingBytes += bytes;
        notifyAll();
        return waiting.answer();
    }

    private void run() {
        for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
            commit(batch);
        }
    }

    /**
     * All that waits, up to a limit; empty when the committer is closed and nothing waits any more.
     */
    private synchronized List<Waiting> take() {
        while (queue.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                LOG.debug("nobody interrupts the committer; it goes on", e);
            }
        }
        List<Waiting> batch = new ArrayList<>();
        int commits = 0;
        for (Waiting next = queue.peek();
                next != null
                        && (batch.isEmpty() || commits + next.commits().size() <= MOST_AT_ONCE);
                next = queue.peek()) {
            batch.add(queue.remove());
            commits += next.commits().size();
        }
        return batch;
    }

    private void commit(List<Waiting> batch) {
        List<ProposedCommit> proposed = new ArrayList<>();
        batch.forEach(waiting -> proposed.addAll(waiting.commits()));
        try {
            Appended appended = log.append(proposed);
            tail.appended(appended.written());
            answers.execute(() -> answer(batch, appended.results()));
        } catch (Throwable e) {
            if (!(e instanceof WaybillException)) {
                LOG.error(
                        "{} commits could not be appended by a fault of Waybill's own; their writer tries again",
                        proposed.size(),
                        e);
            }
            tail.appended(List.of());
            answers.execute(() -> fail(batch, e));
        }
    }

    private void answer(List<Waiting> batch, List<AppendResult> results) {
        int from = 0;
        for (Waiting waiting : batch) {
            int to = from + waiting.commits().size();
            AppendResponse response =
                    AppendResponse.newBuilder().addAllResults(results.subList(from, to)).build();
            from = to;
            release(waiting);
            waiting.answer().complete(response);
        }
    }

    private void fail(List<Waiting> batch, Throwable failure) {
        for (Waiting waiting : batch) {
            release(waiting);
            waiting.answer().completeExceptionally(failure);
        }
    }

    private synchronized void release(Waiting waiting) {
        waitingCommits -= waiting.commits().size();
        waitingBytes -= waiting.bytes();
    }

    private static WaybillException stopping() {
        return new WaybillException(ErrorCode.UNAVAILABLE, "the database is stopping");
    }

    /** Takes no more, appends and answers what waits, for up to five seconds. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.warn(
                        "an append did not end within 5 s; whether it was written shows at the next start");
            }
            answers.shutdown();
            if (!answers.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("the last answers to the writer were not taken within 1 s; it asks again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
