package io.waybill.bench.order;

import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.MqttSession;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.SessionSettings;
import io.waybill.wire.mqtt.UserProperty;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears what becomes of orders, as any client can: over MQTT, from the relay's events. Safe for use
 * by many threads.
 */
public final class OrderNews implements AutoCloseable {

    private static final Duration TO_CONNECT = Duration.ofSeconds(20);
    private static final String ROOT = "EVENT/ORDER/";

    private static final List<String> FILTERS =
            List.of(
                    ROOT + "APPROVED",
                    ROOT + "REJECTED",
                    ROOT + "CANCELLED",
                    ROOT + "REVIEW_REQUESTED",
                    ROOT + "STEP_REFUSED");

    /**
     * What was heard of an order.
     *
     * @param event its name: {@code APPROVED}
     * @param at when, by {@link System#nanoTime()}
     * @param told the event as JSON
     */
    record Heard(String event, long at, String told) {}

    /** The orders of which some events were heard, from when it began until it is closed. */
    final class Watch implements AutoCloseable {

        private final Set<String> events;
        private final Map<UUID, Heard> heard = new ConcurrentHashMap<>();
        private final AtomicInteger count = new AtomicInteger();

        private Watch(Set<String> events) {
            this.events = events;
        }

        private void take(UUID order, Heard news) {
            if (events.contains(news.event()) && heard.putIfAbsent(order, news) == null) {
                count.incrementAndGet();
            }
        }

        /** Of how many orders something was heard. */
        int count() {
            return count.get();
        }

        /** The first that was heard of an order; null when nothing was. */
        @Nullable Heard of(UUID order) {
            return heard.get(order);
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }

    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final AtomicInteger interruptions = new AtomicInteger();
    private final MqttSession session;

    private OrderNews(URI broker) {
        SessionSettings settings =
                new SessionSettings(
                        broker,
                        "bench-" + UUID.randomUUID(),
                        "",
                        "",
                        Duration.ZERO,
                        65_535,
                        FILTERS);
        session = new MqttSession(settings, new Listener());
    }

    /**
     * Connects and subscribes.
     *
     * @param broker {@code mqtt://host:port}
     */
    public static OrderNews from(URI broker) throws IOException {
        OrderNews news = new OrderNews(broker);
        news.session.start();
        try {
            if (!news.connected.await(TO_CONNECT.toSeconds(), TimeUnit.SECONDS)) {
                String state = news.session.state();
                news.close();
                throw new IOException("no news of orders: " + state);
            }
        } catch (InterruptedException e) {
            news.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return news;
    }

    /** Keeps the first of these events that is heard of each order from now on. */
    Watch watch(Set<String> events) {
        Watch watch = new Watch(events);
        watches.add(watch);
        return watch;
    }

    /** How often the connection broke: what happened meanwhile was not heard. */
    int interruptions() {
        return interruptions.get();
    }

    @Override
    public void close() {
        session.close();
    }

    private final class Listener implements SessionListener {

        @Override
        public void connected(boolean sessionPresent) {
            connected.countDown();
        }

        @Override
        public void disconnected(String reason) {
            interruptions.incrementAndGet();
        }

        @Override
        public void received(InboundMessage message) {
            long now = System.nanoTime();
            message.acknowledgement().run();
            String event = message.topic().substring(ROOT.length());
            Heard news =
                    new Heard(event, now, new String(message.payload(), StandardCharsets.UTF_8));
            for (UserProperty property : message.userProperties()) {
                if (property.name().equals("subject")) {
                    UUID order = UUID.fromString(property.value());
                    watches.forEach(watch -> watch.take(order, news));
                }
            }
        }
    }
}
