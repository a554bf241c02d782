package io.waybill.app.simulation;

import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A queue with persistent sessions that keeps the order of each connection and little else.
 * Delivers at least once what it did not lose.
 */
final class SimulatedBroker {

    /** A message that waits in a session until it is acknowledged. */
    private record Queued(OutboundMessage message) {}

    private static final class Session {
        final List<String> filters;
        final Deque<Queued> queue = new ArrayDeque<>();
        @Nullable Link link;

        Session(List<String> filters) {
            this.filters = filters;
        }

        boolean wants(String topic) {
            return filters.stream()
                    .anyMatch(
                            filter ->
                                    filter.endsWith("/#")
                                            ? topic.startsWith(
                                                    filter.substring(0, filter.length() - 1))
                                            : filter.equals(topic));
        }
    }

    private final VirtualTime time;
    private final VirtualEventLoop loop;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private Faults faults = Faults.NONE;
    private boolean down;

    SimulatedBroker(VirtualTime time) {
        this.time = time;
        this.loop = time.loop("broker");
    }

    void suffer(Faults faults) {
        this.faults = faults;
    }

    /** Dies for a moment; may forget all its sessions. */
    void crash() {
        down = true;
        for (Session session : sessions.values()) {
            cut(session);
        }
        if (chance(faults.forgetfulBroker())) {
            sessions.clear();
        }
        loop.schedule(Duration.ofMillis(200 + time.random().nextInt(3_000)), () -> down = false);
    }

    /** Loses the connection of a client, if it has one. */
    void cut(String clientId) {
        Session session = sessions.get(clientId);
        if (session != null) {
            cut(session);
        }
    }

    private static void cut(Session session) {
        Link link = session.link;
        if (link != null) {
            session.link = null;
            link.lost();
        }
    }

    /**
     * A client's way to the queue: connects, and again when it was lost, until it is closed.
     *
     * @param owner the client's own loop: it hears everything there
     */
    Link link(
            VirtualEventLoop owner,
            String clientId,
            List<String> filters,
            SessionListener listener) {
        Link link = new Link(owner, clientId, filters, listener);
        link.connectSoon();
        return link;
    }

    private boolean chance(double probability) {
        return probability > 0 && time.random().nextDouble() < probability;
    }

    /**
     * One client's connections, one after the other. Messages on one connection keep their order.
     */
    final class Link {

        private final VirtualEventLoop owner;
        private final String clientId;
        private final List<String> filters;
        private final SessionListener listener;
        private final List<CompletableFuture<PublishResult>> unanswered = new ArrayList<>();
        private int epoch;
        private boolean connected;
        private boolean closed;
        private long lastToBroker;
        private long lastToOwner;

        private Link(
                VirtualEventLoop owner,
                String clientId,
                List<String> filters,
                SessionListener listener) {
            this.owner = owner;
            this.clientId = clientId;
            this.filters = filters;
            this.listener = listener;
        }

        CompletableFuture<PublishResult> publish(OutboundMessage message) {
            if (!connected) {
                return CompletableFuture.failedFuture(new IOException("not connected"));
            }
            CompletableFuture<PublishResult> result = new CompletableFuture<>();
            unanswered.add(result);
            toBroker(
                    () -> {
                        PublishResult answer = take(message);
                        toOwner(
                                () -> {
                                    result.complete(answer);
                                    unanswered.removeIf(CompletableFuture::isDone);
                                });
                    });
            return result;
        }

        void close() {
            closed = true;
            drop();
        }

        private void connectSoon() {
            loop.schedule(
                    Duration.ofMillis(5 + time.random().nextInt(500)),
                    () -> {
                        if (!closed) {
                            connect();
                        }
                    });
        }

        private void connect() {
            if (down) {
                connectSoon();
                return;
            }
            Session known = sessions.get(clientId);
            boolean present = known != null;
            Session session = known != null ? known : new Session(filters);
            if (session.link != null && session.link != this) {
                cut(session);
            }
            sessions.put(clientId, session);
            session.link = this;
            epoch++;
            connected = true;
            lastToBroker = 0;
            lastToOwner = 0;
            toOwner(() -> listener.connected(present));
            session.queue.forEach(this::deliver);
        }

        private void deliver(Queued queued) {
            int connection = epoch;
            OutboundMessage message = queued.message();
            InboundMessage inbound =
                    new InboundMessage(
                            message.topic(),
                            message.payload(),
                            message.contentType(),
                            message.responseTopic(),
                            message.correlationData(),
                            message.userProperties(),
                            () -> acknowledge(queued, connection));
            toOwner(() -> listener.received(inbound));
        }

        private void acknowledge(Queued queued, int connection) {
            if (connection == epoch && connected) {
                toBroker(
                        () -> {
                            Session session = sessions.get(clientId);
                            if (session != null) {
                                session.queue.remove(queued);
                            }
                        });
            }
        }

        private void lost() {
            drop();
            owner.execute(() -> listener.disconnected("the connection was cut"));
            connectSoon();
        }

        private void drop() {
            connected = false;
            epoch++;
            Session session = sessions.get(clientId);
            if (session != null && session.link == this) {
                session.link = null;
            }
            List<CompletableFuture<PublishResult>> failed = List.copyOf(unanswered);
            unanswered.clear();
            owner.execute(
                    () -> failed.forEach(f -> f.completeExceptionally(new IOException("lost"))));
        }

        private void toBroker(Runnable arrival) {
            lastToBroker = later(lastToBroker);
            send(loop, lastToBroker, arrival);
        }

        private void toOwner(Runnable arrival) {
            lastToOwner = later(lastToOwner);
            send(owner, lastToOwner, arrival);
        }

        private long later(long last) {
            return Math.max(last, time.nanoTime() + 1_000L * (50 + time.random().nextInt(15_000)));
        }

        private void send(VirtualEventLoop to, long at, Runnable arrival) {
            int connection = epoch;
            to.schedule(
                    Duration.ofNanos(at - time.nanoTime()),
                    () -> {
                        if (connection == epoch) {
                            arrival.run();
                        }
                    });
        }

        private PublishResult take(OutboundMessage message) {
            boolean wanted = false;
            for (Session session : sessions.values()) {
                if (session.wants(message.topic())) {
                    wanted = true;
                    enqueue(session, message);
                }
            }
            return new PublishResult(wanted ? 0 : 0x10, "");
        }

        private void enqueue(Session session, OutboundMessage message) {
            if (chance(faults.lossyQueue())) {
                return;
            }
            int copies = chance(faults.repeatingQueue()) ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                Queued queued = new Queued(message);
                session.queue.add(queued);
                Link link = session.link;
                if (link != null) {
                    link.deliver(queued);
                }
            }
        }
    }
}
