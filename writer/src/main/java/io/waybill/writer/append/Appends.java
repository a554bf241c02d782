package io.waybill.writer.append;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.AppendReply;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreWatch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Appends groups in batches: whatever gathers while the calls allowed are in flight goes with the
 * next. As many groups wait as there are lanes at most. Used on the pipeline's event loop.
 */
public final class Appends {

    private static final Logger LOG = LoggerFactory.getLogger(Appends.class);

    private static final int CALLS_IN_FLIGHT = 3;
    private static final int MAX_COMMITS = 500;
    private static final long MAX_BYTES = 1 << 20;

    private record Waiting(
            AppendGroup group, List<ProposedCommit> commits, long bytes, StoreInfo decidedOn) {}

    private static final class Batch {
        final List<Waiting> groups = new ArrayList<>();
        final List<ProposedCommit> commits = new ArrayList<>();
        final StoreInfo decidedOn;
        int failures;

        Batch(StoreInfo decidedOn) {
            this.decidedOn = decidedOn;
        }
    }

    private final EventLoop loop;
    private final CommitLog log;
    private final StoreWatch store;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private volatile @Nullable String trouble;
    private boolean flushing;
    private int inFlight;
    private int commitsInFlight;

    /** Appends to a log, waiting for its store when that fails. */
    public Appends(EventLoop loop, CommitLog log, StoreWatch store) {
        this.loop = loop;
        this.log = log;
        this.store = store;
    }

    /** Appends a group that was decided on the store as it is known now, soon. */
    public void add(AppendGroup group) {
        List<ProposedCommit> commits = group.commits();
        long bytes = commits.stream().mapToLong(ProposedCommit::getSerializedSize).sum();
        waiting.addLast(new Waiting(group, commits, bytes, store.current()));
        if (!flushing) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    /** Forgets what has not been sent: it was never acknowledged and comes again. */
    public void dropWaiting() {
        waiting.clear();
    }

    /** Whether nothing is being appended. */
    public boolean idle() {
        return inFlight == 0 && waiting.isEmpty();
    }

    /** How many commits are on their way to the log. */
    public int commitsInFlight() {
        return commitsInFlight;
    }

    /** Why the log takes nothing now, if so. Safe for use by many threads. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void flush() {
        flushing = false;
        letOutdatedGo();
        while (inFlight < CALLS_IN_FLIGHT && !waiting.isEmpty()) {
            Batch batch = nextBatch();
            inFlight++;
            commitsInFlight += batch.commits.size();
            send(batch);
        }
    }

    /** What was decided before the store was restored. */
    private void letOutdatedGo() {
        List<Waiting> outdated =
                waiting.stream().filter(each -> !isCurrent(each.decidedOn())).toList();
        waiting.removeAll(outdated);
        outdated.forEach(each -> each.group().decideAgain());
    }

    private boolean isCurrent(StoreInfo decidedOn) {
        return decidedOn.getIncarnation().equals(store.current().getIncarnation());
    }

    private Batch nextBatch() {
        Batch batch = new Batch(store.current());
        long bytes = 0;
        while (!waiting.isEmpty()) {
            Waiting next = waiting.getFirst();
            boolean fits =
                    batch.commits.size() + next.commits().size() <= MAX_COMMITS
                            && bytes + next.bytes() <= MAX_BYTES;
            if (!fits && !batch.groups.isEmpty()) {
                break;
            }
            waiting.removeFirst();
            batch.groups.add(next);
            batch.commits.addAll(next.commits());
            bytes += next.bytes();
        }
        return batch;
    }

    private void send(Batch batch) {
        var _ =
                log.append(batch.commits, batch.decidedOn.getIncarnation())
                        .whenComplete(
                                (reply, failure) ->
                                        loop.execute(() -> answered(batch, reply, failure)));
    }

    private void answered(Batch batch, @Nullable AppendReply reply, @Nullable Throwable failure) {
        switch (reply) {
            case null -> failed(batch, failure);
            case AppendReply.Answered(var results) when isCurrent(batch.decidedOn) ->
                    appended(batch, results);
            case AppendReply.Answered onWhatWas -> decideAgain(batch);
            case AppendReply.OtherIncarnation unheardOf -> {
                batch.failures++;
                store.ask();
                store.retry(batch.failures, () -> again(batch));
            }
        }
    }

    private void failed(Batch batch, @Nullable Throwable failure) {
        batch.failures++;
        String reason = failure == null ? "the log gave no answer" : Reason.of(failure);
        trouble = reason;
        if (batch.failures == 1) {
            LOG.warn(
                    "{} commits could not be appended; they are tried again until they are: {}",
                    batch.commits.size(),
                    reason);
        }
        store.retry(batch.failures, () -> again(batch));
    }

    private void appended(Batch batch, List<AppendResult> results) {
        trouble = null;
        landed(batch);
        int from = 0;
        for (Waiting each : batch.groups) {
            int to = from + each.commits().size();
            try {
                each.group().appended(results.subList(from, to), batch.decidedOn);
            } catch (RuntimeException e) {
                LOG.error(
                        "what the log says of {} commits could not be taken, by a fault of Waybill's own;"
                                + " the others go on",
                        each.commits().size(),
                        e);
            }
            from = to;
        }
        flush();
    }

    private void again(Batch batch) {
        if (isCurrent(batch.decidedOn)) {
            send(batch);
        } else {
            decideAgain(batch);
        }
    }

    private void decideAgain(Batch batch) {
        landed(batch);
        batch.groups.forEach(each -> each.group().decideAgain());
        flush();
    }

    private void landed(Batch batch) {
        inFlight--;
        commitsInFlight -= batch.commits.size();
    }
}
