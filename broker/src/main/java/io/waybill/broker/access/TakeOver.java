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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes with QoS 1, in the broker's own name, what came with QoS 0: a message of QoS 0 would be
 * dropped while the writer's session is away. In the order called, as far as one client is
 * concerned. Safe for use by many threads; does not block.
 */
final class TakeOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    /** More than this many not yet stored, and QoS 0 means what it says: the message is dropped. */
    private static final int MOST_UNDER_WAY = 20_000;

    private final PublishService publisher;
    private final AtomicInteger underWay = new AtomicInteger();

    TakeOver(PublishService publisher) {
        this.publisher = publisher;
    }

    void publish(PublishPacket message) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            LOG.warn(
                    "dropped a QoS 0 message on {}: {} others are still being stored",
                    message.getTopic(),
                    MOST_UNDER_WAY);
            return;
        }
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
        var unused =
                publisher
                        .publish(copy.build())
                        .whenComplete(
                                (done, failure) -> {
                                    underWay.decrementAndGet();
                                    if (failure != null) {
                                        LOG.warn(
                                                "dropped a QoS 0 message on {}, which could not be stored: {}",
                                                message.getTopic(),
                                                Reason.of(failure));
                                    }
                                });
    }
}
