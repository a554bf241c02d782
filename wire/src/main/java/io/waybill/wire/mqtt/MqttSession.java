package io.waybill.wire.mqtt;

import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;
import io.waybill.wire.time.ThreadEventLoop;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An MQTT 5 session over Eclipse Paho that connects, and connects again, until it is closed. Safe
 * for use by many threads.
 */
public final class MqttSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** Time to connect, be let in and subscribe. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    /** A connection that lasted so long was a good one: the next begins with the shortest wait. */
    private static final Duration GOOD_AFTER = Duration.ofSeconds(5);

    private final SessionSettings settings;
    private final SessionListener listener;
    private final ThreadEventLoop loop;
    private final PahoConnection.Events events = new Events();

    /** Held while the listener is called, so that its calls come one at a time. */
    private final Object listening = new Object();

    private final Object lifecycle = new Object();
    // Guarded by the lifecycle lock.
    private boolean closed;
    private @Nullable PahoConnection current;

    private volatile @Nullable PahoConnection live;
    private volatile String state = "not started";

    // Of the loop alone.
    private @Nullable PahoConnection admitted;

    /** Whether the broker had no session at some connection since the listener was last told. */
    private boolean sessionLost;

    private int failures;
    private long readySince;

    /**
     * Sets up a session; {@link #start()} connects it.
     *
     * @throws IllegalArgumentException when the broker is not {@code mqtt://host:port}
     */
    public MqttSession(SessionSettings settings, SessionListener listener) {
        if (!"mqtt".equals(settings.broker().getScheme()) || settings.broker().getHost() == null) {
            throw new IllegalArgumentException(
                    "a broker is given as mqtt://host:port, not as " + settings.broker());
        }
        this.settings = settings;
        this.listener = listener;
        this.loop = new ThreadEventLoop("mqtt-" + settings.clientId());
    }

    /** Begins to connect, in the background, with backoff and jitter. Returns at once. */
    public void start() {
        state = "connecting to " + settings.broker();
        loop.execute(this::connect);
    }

    /** Whether the session is connected and subscribed now. */
    public boolean connected() {
        PahoConnection connection = live;
        return connection != null && !connection.hasEnded();
    }

    /** How the session is, in words: what it waits for and why, when it is not connected. */
    public String state() {
        return state;
    }

    /**
     * Publishes with QoS 1. Does not block, and does not send again by itself: the result fails
     * with an {@link java.io.IOException} when there is no connection or it is lost before the
     * answer. Messages leave in the order in which they were given. The result is completed on the
     * client's own threads: what depends on it must not block.
     */
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        PahoConnection connection = live;
        return connection == null
                ? CompletableFuture.failedFuture(new IOException("not published: " + state))
                : connection.publish(message);
    }

    /**
     * Gives up the connection, if there is one, as if it had broken, and connects again: for one
     * that is up and does not do what it is for. What is not answered fails. Does not block.
     */
    public void connectAnew(String reason) {
        PahoConnection connection = live;
        if (connection != null) {
            connection.abort(reason);
        }
    }

    /**
     * Disconnects; the broker keeps the session until it expires. Acknowledgements given before are
     * sent; what is not answered fails. Takes up to two seconds; not to be called by the listener.
     */
    @Override
    public void close() {
        PahoConnection connection;
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
            connection = current;
        }
        state = "closed";
        if (connection != null) {
            connection.close("the session is closed");
        }
        loop.close();
    }

    private void connect() {
        PahoConnection connection;
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            try {
                connection = new PahoConnection(settings, loop, events);
            } catch (MqttException e) {
                throw new IllegalStateException("Paho does not take the settings " + settings, e);
            }
            current = connection;
        }
        connection.open();
        EventLoop.Timer _ =
                loop.schedule(
                        READY_WITHIN,
                        () -> {
                            if (live != connection) {
                                connection.abort(
                                        "it did not answer within "
                                                + READY_WITHIN.toSeconds()
                                                + " s");
                            }
                        });
    }

    private void admitted(PahoConnection connection, boolean sessionPresent) {
        admitted = connection;
        sessionLost |= !sessionPresent;
    }

    private void ready(PahoConnection connection) {
        if (connection.hasEnded()) {
            return;
        }
        boolean sessionPresent = !sessionLost;
        sessionLost = false;
        live = connection;
        readySince = loop.nanoTime();
        state = "connected to " + settings.broker();
        LOG.info(
                "{} is connected, its session is {}",
                settings,
                sessionPresent ? "the old one" : "a new one");
        tell(() -> listener.connected(sessionPresent));
    }

    private void ended(PahoConnection connection, String reason) {
        synchronized (lifecycle) {
            if (closed || current != connection) {
                return;
            }
            current = null;
        }
        boolean wasLive = live == connection;
        boolean wasAdmitted = admitted == connection;
        live = null;
        admitted = null;
        if (wasLive && loop.nanoTime() - readySince >= GOOD_AFTER.toNanos()) {
            failures = 0;
        }
        failures++;
        Duration wait = BACKOFF.after(failures, ThreadLocalRandom.current());
        state = settings.broker() + " is not connected: " + reason;
        if (wasLive) {
            LOG.warn("{} lost its connection, and connects again: {}", settings, reason);
        } else if (failures == 1) {
            LOG.warn("{} cannot connect, and keeps trying: {}", settings, reason);
        } else {
            LOG.debug("{} cannot connect, try {}: {}", settings, failures, reason);
        }
        if (wasAdmitted) {
            // Even one that was never ready may have brought messages.
            tell(() -> listener.disconnected(reason));
        }
        EventLoop.Timer _ = loop.schedule(wait, this::connect);
    }

    private void tell(Runnable call) {
        synchronized (listening) {
            try {
                call.run();
            } catch (Throwable e) {
                LOG.error(
                        "{} could not take what came to it, and goes on; a message that is not"
                                + " acknowledged comes again with the next connection",
                        settings,
                        e);
            }
        }
    }

    private final class Events implements PahoConnection.Events {

        @Override
        public void admitted(PahoConnection connection, boolean sessionPresent) {
            loop.execute(() -> MqttSession.this.admitted(connection, sessionPresent));
        }

        @Override
        public void ready(PahoConnection connection) {
            loop.execute(() -> MqttSession.this.ready(connection));
        }

        @Override
        public void received(PahoConnection connection, InboundMessage message) {
            tell(
                    () -> {
                        if (!connection.hasEnded()) {
                            listener.received(message);
                        }
                    });
        }

        @Override
        public void ended(PahoConnection connection, String reason) {
            loop.execute(() -> MqttSession.this.ended(connection, reason));
        }
    }
}
