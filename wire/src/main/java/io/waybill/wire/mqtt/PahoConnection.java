package io.waybill.wire.mqtt;

import io.waybill.wire.failure.Reason;
import io.waybill.wire.time.EventLoop;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;

/**
 * One connection of a session, from the attempt to its end, on a Paho client of its own: packet
 * ids, topic aliases and unanswered publishes of one connection never meet those of another, and an
 * acknowledgement that comes late goes nowhere. Safe for use by many threads.
 */
final class PahoConnection {

    private static final Logger LOG = LoggerFactory.getLogger(PahoConnection.class);

    /** Paho logs through java.util.logging what it also tells its callbacks: once is enough. */
    private static final java.util.logging.Logger PAHO =
            java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5.client");

    static {
        PAHO.setLevel(Level.OFF);
    }

    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int CONNECT_SECONDS = 5;
    private static final long DISCONNECT_MILLIS = 1_500;
    private static final int MOST_RECEIVED = 65_535;
    private static final int REFUSED = 0x80;
    private static final int PACKET_TOO_LARGE = 0x95;

    /** Hears of a connection, on Paho's threads or the caller's. */
    interface Events {
        /** The broker let it in; messages may come from now on. */
        void admitted(PahoConnection connection, boolean sessionPresent);

        /** Connected and subscribed. */
        void ready(PahoConnection connection);

        /** A message, unless the connection has ended. */
        void received(PahoConnection connection, InboundMessage message);

        /** The connection ended, or never stood. Said once. */
        void ended(PahoConnection connection, String reason);
    }

    private final SessionSettings settings;
    private final Events events;
    private final QuickSockets sockets = new QuickSockets();
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private final MqttAsyncClient client;
    private volatile long maximumPacketSize = Long.MAX_VALUE;
    private volatile @Nullable Publications publications;

    PahoConnection(SessionSettings settings, EventLoop loop, Events events) throws MqttException {
        this.settings = settings;
        this.events = events;
        int port = settings.broker().getPort();
        this.client =
                new MqttAsyncClient(
                        "tcp://" + settings.broker().getHost() + ":" + (port < 0 ? 1883 : port),
                        settings.clientId(),
                        new MemoryPersistence(),
                        new LoopPings(loop),
                        null);
        client.setManualAcks(true);
        client.setCallback(new Callback());
    }

    /** Begins to connect; what comes of it is told to the events. Returns at once. */
    void open() {
        try {
            client.connect(options(), null, new Answer("connect", this::connected));
        } catch (MqttException | RuntimeException e) {
            abort(reason(e));
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSocketFactory(sockets);
        options.setAutomaticReconnect(false);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_SECONDS);
        if (!settings.userName().isEmpty()) {
            options.setUserName(settings.userName());
            options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
        }
        return options;
    }

    private void connected(IMqttToken token) throws MqttException {
        MqttProperties broker = token.getResponseProperties();
        Integer receiveMaximum = broker == null ? null : broker.getReceiveMaximum();
        Long packetSize = broker == null ? null : broker.getMaximumPacketSize();
        if (packetSize != null) {
            maximumPacketSize = packetSize;
        }
        publications =
                new Publications(
                        receiveMaximum == null ? MOST_RECEIVED : receiveMaximum,
                        (message, answer) ->
                                client.publish(
                                        message.topic(),
                                        PahoMessages.outbound(message),
                                        null,
                                        answer));
        events.admitted(this, token.getSessionPresent());
        if (settings.subscriptions().isEmpty()) {
            events.ready(this);
        } else {
            client.subscribe(
                    settings.subscriptions().stream()
                            .map(filter -> new MqttSubscription(filter, 1))
                            .toArray(MqttSubscription[]::new),
                    null,
                    new Answer("subscribe", this::subscribed),
                    new MqttProperties());
        }
    }

    private void subscribed(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        for (int i = 0; codes != null && i < codes.length; i++) {
            if (codes[i] >= REFUSED) {
                abort(
                        "the broker refused the subscription to %s (reason code 0x%02x)"
                                .formatted(settings.subscriptions().get(i), codes[i]));
                return;
            }
        }
        events.ready(this);
    }

    boolean hasEnded() {
        return ended.get() != null;
    }

    CompletableFuture<PublishResult> publish(OutboundMessage message) {
        Publications current = publications;
        if (current == null) {
            return CompletableFuture.failedFuture(
                    new java.io.IOException("not published: not connected"));
        }
        long size = PahoMessages.size(message);
        return size <= maximumPacketSize
                ? current.add(message)
                : CompletableFuture.completedFuture(
                        new PublishResult(
                                PACKET_TOO_LARGE,
                                "the message has %d bytes; the broker takes at most %d"
                                        .formatted(size, maximumPacketSize)));
    }

    /** Gives the connection up at once. */
    void abort(String reason) {
        end(reason);
        sockets.close();
    }

    /**
     * Sends what is left of acknowledgements, says good-bye, and waits a little until that is done.
     */
    void close(String reason) {
        end(reason);
        try {
            if (client.isConnected()) {
                client.disconnect(0, null, null, 0, new MqttProperties())
                        .waitForCompletion(DISCONNECT_MILLIS);
            }
        } catch (MqttException | RuntimeException e) {
            LOG.debug("{} could not say good-bye", settings, e);
        } finally {
            sockets.close();
        }
    }

    private void end(String reason) {
        if (ended.compareAndSet(null, reason)) {
            Publications current = publications;
            if (current != null) {
                current.end(reason);
            }
            events.ended(this, reason);
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return root instanceof MqttException mqtt && mqtt.getReasonCode() >= REFUSED
                ? "%s (reason code 0x%02x)".formatted(mqtt.getMessage(), mqtt.getReasonCode())
                : Reason.of(root);
    }

    /** Acknowledges one message, once; Paho queues it, so this does not block. */
    private final class Acknowledgement implements Runnable {

        private final int id;
        private final int qos;
        private final AtomicBoolean given = new AtomicBoolean();

        Acknowledgement(int id, int qos) {
            this.id = id;
            this.qos = qos;
        }

        @Override
        public void run() {
            if (hasEnded() || !given.compareAndSet(false, true)) {
                return;
            }
            try {
                client.messageArrivedComplete(id, qos);
            } catch (MqttException | RuntimeException e) {
                LOG.debug("a message of {} was not acknowledged: it will come again", settings, e);
            }
        }
    }

    /** Goes on when Paho has an answer; ends the connection when it has none. */
    private final class Answer implements MqttActionListener {

        private interface Next {
            void go(IMqttToken token) throws MqttException;
        }

        private final String what;
        private final Next next;

        Answer(String what, Next next) {
            this.what = what;
            this.next = next;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            try {
                next.go(token);
            } catch (MqttException | RuntimeException e) {
                LOG.warn("{} could not go on after its {}, and connects again", settings, what, e);
                abort(reason(e));
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            abort(reason(failure));
        }
    }

    private final class Callback implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            try {
                Runnable acknowledgement = new Acknowledgement(message.getId(), message.getQos());
                events.received(
                        PahoConnection.this, PahoMessages.inbound(topic, message, acknowledgement));
            } catch (Throwable e) {
                // What leaves a callback would stop Paho's deliveries without a word.
                LOG.error(
                        "{} could not take a message, which comes again with the next connection",
                        settings,
                        e);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException failure = response.getException();
            String sentence = response.getReasonString();
            abort(
                    failure != null
                            ? reason(failure)
                            : "the broker ended the connection (reason code 0x%02x%s)"
                                    .formatted(
                                            response.getReturnCode(),
                                            sentence == null ? "" : ": " + sentence));
        }

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            LOG.debug("{}: {}", settings, reason(failure));
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String server) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
