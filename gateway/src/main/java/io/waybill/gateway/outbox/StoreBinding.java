package io.waybill.gateway.outbox;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Which store the commands are for. Nothing is published before it was asked for; another store
 * than the one remembered stops the outbox; a new incarnation of the same one is taken, and all
 * that is undecided sent again. Belongs to the loop.
 */
final class StoreBinding {

    private static final Logger LOG = LoggerFactory.getLogger(StoreBinding.class);

    /** Partitioned stores need a window and a topic for each partition. */
    private static final int PARTITIONS = 1;

    private final OutboxSettings settings;
    private final EventLoop loop;
    private final Inbox inbox;
    private final StoreInquiry inquiry;
    private final Dispatch dispatch;
    private final Consumer<StoreInfo> remember;
    private final RandomGenerator random;
    private @Nullable StoreInfo remembered;
    private @Nullable StoreInfo current;
    private boolean asking;
    private int failures;
    private volatile String trouble = "it is not known yet which store there is";
    private volatile boolean wrong;

    StoreBinding(
            OutboxSettings settings,
            EventLoop loop,
            Inbox inbox,
            StoreInquiry inquiry,
            Dispatch dispatch,
            Consumer<StoreInfo> remember,
            RandomGenerator random) {
        this.settings = settings;
        this.loop = loop;
        this.inbox = inbox;
        this.inquiry = inquiry;
        this.dispatch = dispatch;
        this.remember = remember;
        this.random = random;
    }

    /** What keeps commands from being published, or empty. Safe for use by many threads. */
    String trouble() {
        return trouble;
    }

    /** Whether the store is another than the one that the commands are for. For many threads. */
    boolean isWrong() {
        return wrong;
    }

    /** Begins to ask. */
    void start(Optional<StoreInfo> before) {
        remembered = before.orElse(null);
        ask();
    }

    /** Whether answers of this store and incarnation count. If not, asks which one it is now. */
    boolean covers(String storeId, String incarnation) {
        StoreInfo known = current;
        if (known == null) {
            return false;
        }
        boolean same =
                known.getStoreId().equals(storeId) && known.getIncarnation().equals(incarnation);
        if (!same) {
            LOG.warn("ignored answers of store {}, incarnation {}", storeId, incarnation);
            ask();
        }
        return same;
    }

    /** Asks again, once it was known: the store may have changed. */
    void askAgain() {
        if (current != null) {
            ask();
        }
    }

    /** Asks, unless that is going on already: the store may have changed. */
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        var _ =
                inquiry.ask()
                        .whenComplete(
                                (info, failure) ->
                                        inbox.add(
                                                () -> {
                                                    if (failure == null) {
                                                        learned(info);
                                                    } else {
                                                        failed(failure);
                                                    }
                                                }));
    }

    private void failed(Throwable failure) {
        if (current == null) {
            trouble =
                    "it is not known yet which store there is: " + Causes.of(failure).getMessage();
        }
        askLater();
    }

    private void askLater() {
        Duration wait = settings.asking().after(++failures, random);
        loop.schedule(
                wait,
                () ->
                        inbox.add(
                                () -> {
                                    asking = false;
                                    ask();
                                }));
    }

    private void learned(StoreInfo info) {
        StoreInfo expected = remembered;
        if (info.getPartitions() != PARTITIONS) {
            stop("the store has %d partitions, not 1".formatted(info.getPartitions()));
        } else if (expected != null && !expected.getStoreId().equals(info.getStoreId())) {
            stop(
                    "the outbox holds commands for store %s, but there is store %s"
                            .formatted(expected.getStoreId(), info.getStoreId()));
        } else {
            take(info);
        }
    }

    private void take(StoreInfo info) {
        StoreInfo before = current;
        current = info;
        if (remembered == null) {
            remembered = info;
            remember.accept(info);
        }
        asking = false;
        failures = 0;
        trouble = "";
        wrong = false;
        dispatch.mayPublish(true);
        if (before != null && !before.getIncarnation().equals(info.getIncarnation())) {
            LOG.warn("the store was restored: all undecided commands are sent again");
            dispatch.resendAll();
        }
    }

    private void stop(String problem) {
        if (!wrong) {
            LOG.error("{}; nothing is published", problem);
        }
        trouble = problem;
        wrong = true;
        current = null;
        dispatch.mayPublish(false);
        askLater();
    }
}
