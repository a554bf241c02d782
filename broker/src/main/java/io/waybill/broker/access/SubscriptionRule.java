package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;

import java.util.Optional;

/**
 * Refuses subscriptions that are not the session's to make, in the SUBACK; the connection stays.
 */
final class SubscriptionRule implements SubscriptionAuthorizer {

    private final TopicRules topics;

    SubscriptionRule(TopicRules topics) {
        this.topics = topics;
    }

    @Override
    public void authorizeSubscribe(
            SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        Optional<String> refusal =
                SessionOwner.of(input.getClientInformation().getClientId())
                        .map(
                                owner ->
                                        topics.subscriptionRefusal(
                                                owner, input.getSubscription().getTopicFilter()))
                        .orElse(Optional.of("this session is nobody's"));
        if (refusal.isPresent()) {
            output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED, refusal.get());
        } else {
            output.authorizeSuccessfully();
        }
    }
}
