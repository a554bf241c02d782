package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.ModifiablePublishPacket;

import io.waybill.broker.access.Stamping.Sent;
import io.waybill.broker.access.Stamping.Stamped;
import io.waybill.broker.access.TopicRules.Publication;
import io.waybill.catalogue.CommandType;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.Stamp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/**
 * What comes in over one connection. Called by the broker for one message of the connection at a
 * time.
 *
 * <p>A refusal is told to an MQTT 5 client that asks for an acknowledgement. Any other is
 * acknowledged as if all were well, because a refusal would cost it its connection; what such a
 * client must not do is dropped, what it did wrong goes on to the writer. Only for want of room on
 * the disk an older client loses its connection, and so knows that it has to send again.
 */
final class Ingress implements PublishInboundInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);
    private static final long NEVER = 4_294_967_296L;

    private final SessionOwner owner;
    private final boolean mqtt5;
    private final TopicRules topics;
    private final Stamping stamping;
    private final TakeOver takeOver;
    private final ReceivedPacketIds packetIds;
    private final DiskRoom room;

    Ingress(
            SessionOwner owner,
            boolean mqtt5,
            TopicRules topics,
            Stamping stamping,
            TakeOver takeOver,
            ReceivedPacketIds packetIds,
            DiskRoom room) {
        this.owner = owner;
        this.mqtt5 = mqtt5;
        this.topics = topics;
        this.stamping = stamping;
        this.takeOver = takeOver;
        this.packetIds = packetIds;
        this.room = room;
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        String clientId = input.getClientInformation().getClientId();
        try {
            receive(clientId, output);
        } catch (RuntimeException e) {
            LOG.error(
                    "refused a message of {}, which could not be handled by a fault of Waybill's own",
                    clientId,
                    e);
            output.preventPublishDelivery(
                    AckReasonCode.UNSPECIFIED_ERROR, "the message could not be handled");
            endExchange(clientId, output.getPublishPacket());
        }
    }

    private void receive(String clientId, PublishInboundOutput output) {
        ModifiablePublishPacket message = output.getPublishPacket();
        if (owner instanceof SessionOwner.Client && room.isScarce()) {
            refuseForWantOfRoom(clientId, output);
            return;
        }
        switch (topics.publication(owner, message.getTopic(), message.getResponseTopic())) {
            case Publication.Refused refused ->
                    refuse(clientId, output, refused.code(), refused.sentence());
            case Publication.Free free -> receiveFree(clientId, output);
            case Publication.OfCommand command -> {
                message.setRetain(false);
                message.setMessageExpiryInterval(NEVER);
                receiveCommand(clientId, output, command.type());
            }
        }
    }

    private void receiveFree(String clientId, PublishInboundOutput output) {
        ModifiablePublishPacket message = output.getPublishPacket();
        if (owner instanceof SessionOwner.Writer) {
            if (!topics.mayBeRetained(message.getTopic())) {
                message.setRetain(false);
            }
            return;
        }
        int bytes = message.getPayload().map(ByteBuffer::remaining).orElse(0);
        if (bytes > ClientLimits.FREE_PAYLOAD_BYTES) {
            refuse(
                    clientId,
                    output,
                    AckReasonCode.QUOTA_EXCEEDED,
                    "the payload has %d bytes; clients may send each other at most %d"
                            .formatted(bytes, ClientLimits.FREE_PAYLOAD_BYTES));
            return;
        }
        message.setRetain(false);
        OwnProperties.remove(message.getUserProperties());
    }

    private void receiveCommand(String clientId, PublishInboundOutput output, CommandType type) {
        switch (owner) {
            case SessionOwner.Client client ->
                    receiveFromClient(clientId, output, type, client.principal());
            case SessionOwner.Gateway gateway -> receiveFromGateway(clientId, output, gateway);
            case SessionOwner.Writer writer ->
                    refuse(
                            clientId,
                            output,
                            AckReasonCode.NOT_AUTHORIZED,
                            "writers send no commands");
        }
    }

    private void receiveFromClient(
            String clientId, PublishInboundOutput output, CommandType type, Principal principal) {
        ModifiablePublishPacket message = output.getPublishPacket();
        Sent sent =
                new Sent(
                        type,
                        principal,
                        message.getPayload().map(Ingress::bytes).orElseGet(() -> new byte[0]),
                        message.getContentType().orElse(""),
                        message.getCorrelationData().map(Ingress::bytes),
                        message.getUserProperties().getFirst("traceparent"));
        switch (stamping.stamp(sent, canBeTold(message))) {
            case Stamped.Refused refused ->
                    refuse(
                            clientId,
                            output,
                            AckReasonCode.PAYLOAD_FORMAT_INVALID,
                            refused.sentence());
            case Stamped.Taken taken -> {
                message.getUserProperties().clear();
                message.setCorrelationData(ByteBuffer.wrap(taken.stamp().toBytes()));
                message.setPayload(ByteBuffer.wrap(taken.payload()));
                message.getContentType()
                        .filter(given -> given.length() > ClientLimits.CONTENT_TYPE_CHARACTERS)
                        .ifPresent(given -> message.setContentType(beginning(given)));
                goOn(output);
            }
        }
    }

    /** A gateway stamps itself; what is checked is that it speaks for itself alone. */
    private void receiveFromGateway(
            String clientId, PublishInboundOutput output, SessionOwner.Gateway gateway) {
        boolean itsOwn =
                output.getPublishPacket()
                        .getCorrelationData()
                        .map(Ingress::bytes)
                        .flatMap(Stamp::from)
                        .flatMap(Stamp::sending)
                        .filter(sending -> sending.gateway().equals(gateway.id()))
                        .isPresent();
        if (itsOwn) {
            goOn(output);
        } else {
            refuse(
                    clientId,
                    output,
                    AckReasonCode.PAYLOAD_FORMAT_INVALID,
                    "a gateway's command needs a stamp with a sending of its own");
        }
    }

    private void goOn(PublishInboundOutput output) {
        if (output.getPublishPacket().getQos() == Qos.AT_MOST_ONCE) {
            takeOver.publish(output.getPublishPacket());
            output.preventPublishDelivery();
        }
    }

    private void refuse(
            String clientId, PublishInboundOutput output, AckReasonCode code, String sentence) {
        LOG.debug("refused a message of {}: {}", clientId, code);
        if (canBeTold(output.getPublishPacket())) {
            output.preventPublishDelivery(code, sentence);
            endExchange(clientId, output.getPublishPacket());
        } else {
            output.preventPublishDelivery();
        }
    }

    private void refuseForWantOfRoom(String clientId, PublishInboundOutput output) {
        if (output.getPublishPacket().getQos() == Qos.AT_MOST_ONCE) {
            output.preventPublishDelivery();
        } else {
            output.preventPublishDelivery(
                    AckReasonCode.QUOTA_EXCEEDED,
                    "the broker's disk is nearly full: nothing is taken until there is room");
            endExchange(clientId, output.getPublishPacket());
        }
    }

    private boolean canBeTold(ModifiablePublishPacket message) {
        return mqtt5 && message.getQos() != Qos.AT_MOST_ONCE;
    }

    private void endExchange(String clientId, ModifiablePublishPacket message) {
        if (message.getQos() == Qos.EXACTLY_ONCE) {
            packetIds.forget(clientId, message.getPacketId());
        }
    }

    /** The beginning of a long text, without half a character at its end. */
    private static String beginning(String text) {
        int end = ClientLimits.CONTENT_TYPE_CHARACTERS;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
