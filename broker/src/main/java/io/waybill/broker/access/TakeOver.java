package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.general.UserProperty;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.builder.PublishBuilder;
import com.hivemq.extension.sdk.api.services.publish.PublishService;

import io.waybill.wire.failure.Reason;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes with QoS 1, in the broker's own name, what came with QoS 0: a message of QoS 0 would be
 * dropped while the writer's session is away. In the order called, as far as one client is
 * concerned. Safe for use by many threads; does not block.
 */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    /** More than this not yet stored, and QoS 0 means what it says: the message is dropped. */
    private static final int MOST_UNDER_WAY = 20_000;

    private static final long MOST_BYTES_UNDER_WAY = 64L << 20;

    private final PublishService publisher;
    private final UnderWay underWay = new UnderWay(MOST_UNDER_WAY, MOST_BYTES_UNDER_WAY);

    /** Whether the last one was dropped: a flood is logged once. */
    private final AtomicBoolean dropping = new AtomicBoolean();

    TakeOver(PublishService publisher) {
        this.publisher = publisher;
    }

    void publish(PublishPacket message) {
        long bytes = size(message);
        if (!underWay.begin(bytes)) {
            if (dropping.compareAndSet(false, true)) {
                LOG.warn(
                        "drops messages of QoS 0, now one on {}: those before it are still being stored",
                        message.getTopic());
            }
            return;
        }
        dropping.setRelease(false);
        PublishBuilder copy =
                Builders.publish()
                        .topic(message.getTopic())
                        .qos(Qos.AT_LEAST_ONCE)
                        .payload(message.getPayload().orElseGet(() -> ByteBuffer.allocate(0)))
                        .responseTopic(message.getResponseTopic().orElse(null))
                        .correlationData(message.getCorrelationData().orElse(null))
                        .contentType(message.getContentType().orElse(null))
                        .payloadFormatIndicator(message.getPayloadFormatIndicator().orElse(null));
        for (UserProperty property : message.getUserProperties().asList()) {
            copy.userProperty(property.getName(), property.getValue());
        }
        var _ =
                publisher
                        .publish(copy.build())
                        .whenComplete(
                                (done, failure) -> {
                                    underWay.end(bytes);
                                    if (failure != null) {
                                        LOG.warn(
                                                "dropped a QoS 0 message on {}, which could not be stored: {}",
                                                message.getTopic(),
                                                Reason.of(failure));
                                    }
                                });
    }

    private static long size(PublishPacket message) {
        return (long) message.getPayload().map(ByteBuffer::remaining).orElse(0)
                + message.getCorrelationData().map(ByteBuffer::remaining).orElse(0);
    }
}
