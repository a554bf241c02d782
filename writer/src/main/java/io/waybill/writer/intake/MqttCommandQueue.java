package io.waybill.writer.intake;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.MqttSession;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.SessionSettings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The queue as an MQTT session that the broker keeps for ever, subscribed to the topics of all
 * commands that clients may send. Safe for use by many threads.
 */
public final class MqttCommandQueue implements CommandQueue {

    /** The longest session expiry that MQTT has: the session never expires. */
    private static final Duration FOR_EVER = Duration.ofSeconds(0xFFFF_FFFFL);

    private static final int RECEIVE_MAXIMUM = 65_535;

    private final MqttSession session;
    private volatile @Nullable Listener listener;

    /** A queue on a broker; {@link #start} connects. */
    public MqttCommandQueue(URI broker, Credentials credentials) {
        session =
                new MqttSession(
                        new SessionSettings(
                                broker,
                                "waybill-writer-0",
                                "role:" + Role.WRITER.label(),
                                credentials.secret(Role.WRITER),
                                FOR_EVER,
                                RECEIVE_MAXIMUM,
                                topics(CommandCatalogue.standard())),
                        new Forwarding());
    }

    /** The topics of the commands that clients may send. */
    static List<String> topics(CommandCatalogue catalogue) {
        return catalogue.types().stream()
                .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                .map(CommandType::topic)
                .toList();
    }

    @Override
    public void start(Listener listens) {
        listener = listens;
        session.start();
    }

    @Override
    public CompletableFuture<PublishResult> publish(OutboundMessage message) {
        return session.publish(message);
    }

    /** How the session is, in words. */
    public String state() {
        return session.state();
    }

    @Override
    public void close() {
        session.close();
    }

    private final class Forwarding implements SessionListener {

        @Override
        public void connected(boolean sessionPresent) {
            listening().connected(sessionPresent);
        }

        @Override
        public void disconnected(String reason) {
            listening().disconnected(reason);
        }

        @Override
        public void received(InboundMessage message) {
            listening().delivered(message);
        }

        private Listener listening() {
            return Objects.requireNonNull(listener, "it connects when it is started");
        }
    }
}
