package io.waybill.gateway.outbox;

import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.MqttSession;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.mqtt.SessionListener;
import io.waybill.wire.mqtt.SessionSettings;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.mqtt.Topics;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The queue as the outbox sees it, over the gateway's persistent MQTT session: commands go out with
 * their stamp, answers come in. Safe for use by many threads.
 */
public final class MqttQueue implements CommandPublisher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MqttQueue.class);

    private static final Duration SESSION_EXPIRY = Duration.ofHours(1);

    /** Answers come many to a message. */
    private static final int RECEIVE_MAXIMUM = 100;

    private final String gatewayId;
    private final MqttSession session;
    private volatile @Nullable Outbox outbox;

    /** Sets up the session of a gateway; {@link #start} connects it. */
    public MqttQueue(URI broker, Credentials credentials, String gatewayId) {
        this.gatewayId = gatewayId;
        SessionSettings settings =
                new SessionSettings(
                        broker,
                        "waybill-gateway-" + gatewayId,
                        "role:" + Role.GATEWAY.label(),
                        credentials.secret(Role.GATEWAY),
                        SESSION_EXPIRY,
                        RECEIVE_MAXIMUM,
                        List.of("GATEWAY/" + gatewayId + "/#", "GATEWAY/ALL/#"));
        session = new MqttSession(settings, new Receiver());
    }

    /** Begins to connect, and tells the outbox of what happens. */
    public void start(Outbox outbox) {
        this.outbox = outbox;
        session.start();
    }

    @Override
    public CompletableFuture<PublishResult> publish(
            OutboxEntry entry, long sending, Optional<CommandIdentity> predecessor) {
        Metadata metadata = entry.getMetadata();
        Stamp stamp =
                new Stamp(
                        entry.getCommand().getPrincipal(),
                        entry.getCommand().getCommandId(),
                        door(metadata),
                        instant(metadata),
                        Optional.of(new Stamp.Sending(gatewayId, sending, predecessor)),
                        given(metadata.getTrace()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        given(metadata.getCause()));
        return session.publish(
                new OutboundMessage(
                        metadata.getTopic(),
                        entry.getPayload().toByteArray(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(stamp.toBytes()),
                        List.of()));
    }

    @Override
    public void connectAnew(String reason) {
        session.connectAnew(reason);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Door door(Metadata metadata) {
        return switch (metadata.getDoor()) {
            case "GRAPHQL" -> Door.DOOR_GRAPHQL;
            case "REST" -> Door.DOOR_REST;
            case "MQTT" -> Door.DOOR_MQTT;
            default -> Door.DOOR_UNSPECIFIED;
        };
    }

    private static Instant instant(Metadata metadata) {
        return Instant.ofEpochSecond(
                metadata.getAcceptedAt().getSeconds(), metadata.getAcceptedAt().getNanos());
    }

    @Override
    public void close() {
        session.close();
    }

    /** Hears of the session on behalf of the outbox. */
    private final class Receiver implements SessionListener {

        @Override
        public void connected(boolean sessionPresent) {
            started().connected(sessionPresent);
        }

        @Override
        public void disconnected(String reason) {
            started().disconnected();
        }

        @Override
        public void received(InboundMessage message) {
            if (message.topic().equals(Topics.SESSION_LOST)) {
                started().writerSessionLost();
                message.acknowledgement().run();
                return;
            }
            try {
                started()
                        .answered(
                                AnswerBatch.parseFrom(message.payload()),
                                message.acknowledgement());
            } catch (InvalidProtocolBufferException e) {
                LOG.warn("a message on {} holds no answers; it is dropped", message.topic(), e);
                message.acknowledgement().run();
            }
        }

        private Outbox started() {
            return Objects.requireNonNull(outbox, "the session is started with its outbox");
        }
    }
}
