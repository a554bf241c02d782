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
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is watched of one kind: notes what changed, reads it again, one batch after the other, and
 * tells who watches it. So a thing that changes faster than it can be read is read less often, and
 * nobody is told an older state than before. What nobody watches is not read. Used on the loop of
 * {@link Changes}.
 */
final class WatchedKind {

    /** Beyond this, all that is watched is taken as changed. */
    static final int MOST_NOTED = 10_000;

    static final int MOST_AT_ONCE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(WatchedKind.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ViewKind kind;
    private final ViewReads views;
    private final EventLoop loop;
    private final Map<String, Set<Watch>> byId = new HashMap<>();
    private final Set<Watch> ofAll = new LinkedHashSet<>();
    private final LinkedHashSet<String> noted = new LinkedHashSet<>();
    private boolean reading;
    private int failures;

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
        if (!ofAll.isEmpty() || byId.containsKey(id)) {
            tell(List.of(id));
        }
    }

    /** Reads things and tells them, as if they had changed. */
    void tell(List<String> ids) {
        noted.addAll(ids);
        if (noted.size() > MOST_NOTED) {
            noted.clear();
            missed();
            return;
        }
        read();
    }

    /** Whatever is watched may have changed. */
    void missed() {
        noted.addAll(byId.keySet());
        List.copyOf(ofAll).forEach(watch -> watch.watcher().missed());
        read();
    }

    void fail(WaybillException reason) {
        List<Watch> all = new ArrayList<>(ofAll);
        byId.values().forEach(all::addAll);
        ofAll.clear();
        byId.clear();
        noted.clear();
        all.forEach(watch -> watch.watcher().failed(reason));
    }

    private void read() {
        if (reading || noted.isEmpty()) {
            return;
        }
        List<String> batch = new ArrayList<>();
        Iterator<String> next = noted.iterator();
        while (next.hasNext() && batch.size() < MOST_AT_ONCE) {
            batch.add(next.next());
            next.remove();
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
            noted.addAll(batch);
            loop.schedule(
                    BACKOFF.after(failures, ThreadLocalRandom.current()),
                    () -> {
                        reading = false;
                        read();
                    });
            return;
        }
        failures = 0;
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
