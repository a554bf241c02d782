package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;

import io.waybill.wire.mqtt.Stamp;

/**
 * What goes out to one client, under whatever filter it matched: nothing reserved but events, no
 * other principal's outcome, and none of Waybill's own user properties. Roles need no such check:
 * their subscriptions name what is theirs.
 */
final class Egress implements PublishOutboundInterceptor {

    private final SessionOwner.Client client;
    private final TopicRules topics;

    Egress(SessionOwner.Client client, TopicRules topics) {
        this.client = client;
        this.topics = topics;
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        var message = output.getPublishPacket();
        var outcomeOf = message.getUserProperties().getFirst(Stamp.PRINCIPAL_PROPERTY);
        if (topics.delivers(client, message.getTopic(), outcomeOf)) {
            OwnProperties.remove(message.getUserProperties());
        } else {
            output.preventPublishDelivery();
        }
    }
}
