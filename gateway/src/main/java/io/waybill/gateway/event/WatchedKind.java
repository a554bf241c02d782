package io.waybill.gateway.event;

import com.google.protobuf.Message;

import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is watched of one kind: notes what changed, reads it again, one batch after the other, and
 * tells who watches it. So a thing that changes faster than it can be read is read less often, and
 * nobody is told an older state than before. What cannot be read is tried again, in smaller
 * batches, as long as somebody watches it. What nobody watches is not read. Used on the loop of
 * {@link Changes}.
 */
final class WatchedKind {

    static final int MOST_AT_ONCE = 500;

    /** By how many more it tries to read at once after each time that it could. */
    private static final int MORE_AT_ONCE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(WatchedKind.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ViewKind kind;
    private final ViewReads views;
    private final EventLoop loop;
    private final Map<String, Set<Watch>> byId = new HashMap<>();
    private final Set<Watch> ofAll = new LinkedHashSet<>();
    private final Unread unread = new Unread();
    private boolean reading;
    private int failures;
    private int most = MOST_AT_ONCE;

    WatchedKind(ViewKind kind, ViewReads views, EventLoop loop) {
        this.kind = kind;
        this.views = views;
        this.loop = loop;
    }

    void add(Watch watch) {
        Optional<String> id = watch.id();
        if (id.isPresent()) {
            byId.computeIfAbsent(id.get(), none -> new LinkedHashSet<>()).add(watch);
            tell(List.of(id.get()));
        } else {
            ofAll.add(watch);
        }
    }

    /** Forgets a watch, and says whether it was known. */
    boolean remove(Watch watch) {
        if (watch.id().isEmpty()) {
            return ofAll.remove(watch);
        }
        String id = watch.id().get();
        Set<Watch> watches = byId.getOrDefault(id, new LinkedHashSet<>());
        boolean known = watches.remove(watch);
        if (watches.isEmpty()) {
            byId.remove(id);
        }
        return known;
    }

    void changed(String id) {
        if (byId.containsKey(id)) {
            tell(List.of(id));
        } else if (!ofAll.isEmpty()) {
            if (!unread.changed(id)) {
                allMissed();
            }
            read();
        }
    }

    /** Reads things and tells them, as if they had changed. */
    void tell(List<String> ids) {
        unread.askedFor(ids);
        read();
    }

    /** Whatever is watched may have changed. */
    void missed() {
        unread.askedFor(byId.keySet());
        allMissed();
        read();
    }

    private void allMissed() {
        List.copyOf(ofAll).forEach(watch -> watch.watcher().missed());
    }

    private boolean isWatched(String id) {
        return !ofAll.isEmpty() || byId.containsKey(id);
    }

    void fail(WaybillException reason) {
        List<Watch> all = new ArrayList<>(ofAll);
        byId.values().forEach(all::addAll);
        ofAll.clear();
        byId.clear();
        unread.clear();
        all.forEach(watch -> watch.watcher().failed(reason));
    }

    private void read() {
        if (reading) {
            return;
        }
        List<String> batch = unread.take(most, this::isWatched);
        if (batch.isEmpty()) {
            return;
        }
        reading = true;
        var _ =
                views.byIds(Principal.ANONYMOUS, kind, batch, new Freshness.LogEnd())
                        .whenComplete(
                                (found, failure) ->
                                        loop.execute(() -> answered(batch, found, failure)));
    }

    private void answered(
            List<String> batch, @Nullable List<Message> found, @Nullable Throwable failure) {
        if (found == null) {
            failures++;
            if (failures == 1) {
                LOG.warn(
                        "what changed cannot be read now, and is read later: {}",
                        failure == null ? "no answer" : Reason.of(failure));
            }
            // Perhaps they are too much for one answer.
            most = Math.max(1, batch.size() / 2);
            if (!unread.putBack(batch)) {
                allMissed();
            }
            loop.schedule(
                    BACKOFF.after(failures, ThreadLocalRandom.current()),
                    () -> {
                        reading = false;
                        read();
                    });
            return;
        }
        failures = 0;
        most = Math.min(MOST_AT_ONCE, most + MORE_AT_ONCE);
        reading = false;
        Map<String, Message> views = new HashMap<>();
        found.forEach(view -> views.put(kind.id(view), view));
        batch.forEach(id -> tell(id, Optional.ofNullable(views.get(id))));
        read();
    }

    private void tell(String id, Optional<Message> view) {
        List.copyOf(byId.getOrDefault(id, Set.of()))
                .forEach(watch -> watch.watcher().changed(id, view));
        List.copyOf(ofAll).forEach(watch -> watch.watcher().changed(id, view));
    }
}
