package io.waybill.broker.embedded;

import com.hivemq.bootstrap.netty.ChannelHandlerNames;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extensions.client.parameter.ConnectionAttributeStoreImpl;
import com.hivemq.mqtt.message.connack.CONNACK;
import com.hivemq.mqtt.message.reason.Mqtt5ConnAckReasonCode;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.waybill.broker.access.ToldExpiry;

import java.lang.reflect.Field;

/**
 * Puts the expiry into the CONNACK on its way out. HiveMQ does so for its own bound, which is one
 * for all, while roles need a longer one than clients; and the SDK cannot change that part of a
 * CONNACK. So this reaches for the connection itself.
 */
final class HiveMqToldExpiry implements ToldExpiry {

    private static final String NAME = "waybill_told_expiry";

    private final Field channel;

    /** Finds where HiveMQ keeps a connection's channel. */
    HiveMqToldExpiry() {
        try {
            channel = ConnectionAttributeStoreImpl.class.getDeclaredField("channel");
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this version of HiveMQ keeps channels elsewhere", e);
        }
        channel.setAccessible(true);
    }

    @Override
    public void tell(ConnectionInformation connection, long seconds) {
        try {
            ((Channel) channel.get(connection.getConnectionAttributeStore()))
                    .pipeline()
                    .addBefore(ChannelHandlerNames.MQTT_CONNECT_HANDLER, NAME, new Once(seconds));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was made accessible is not", e);
        }
    }

    /** Changes the first CONNACK and is gone. */
    private static final class Once extends ChannelOutboundHandlerAdapter {

        private final long seconds;

        Once(long seconds) {
            this.seconds = seconds;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof CONNACK connack) {
                context.pipeline().remove(this);
                var _ =
                        context.write(
                                connack.getReasonCode() == Mqtt5ConnAckReasonCode.SUCCESS
                                        ? told(connack)
                                        : connack,
                                promise);
            } else {
                var _ = context.write(message, promise);
            }
        }

        private CONNACK told(CONNACK given) {
            return CONNACK.builder()
                    .withSessionExpiryInterval(seconds)
                    .withReasonCode(given.getReasonCode())
                    .withReasonString(given.getReasonString())
                    .withUserProperties(given.getUserProperties())
                    .withSessionPresent(given.isSessionPresent())
                    .withServerKeepAlive(given.getServerKeepAlive())
                    .withAssignedClientIdentifier(given.getAssignedClientIdentifier())
                    .withAuthMethod(given.getAuthMethod())
                    .withAuthData(given.getAuthData())
                    .withReceiveMaximum(given.getReceiveMaximum())
                    .withTopicAliasMaximum(given.getTopicAliasMaximum())
                    .withMaximumPacketSize(given.getMaximumPacketSize())
                    .withMaximumQoS(given.getMaximumQoS())
                    .withRetainAvailable(given.isRetainAvailable())
                    .withWildcardSubscriptionAvailable(given.isWildcardSubscriptionAvailable())
                    .withSubscriptionIdentifierAvailable(given.isSubscriptionIdentifierAvailable())
                    .withSharedSubscriptionAvailable(given.isSharedSubscriptionAvailable())
                    .withResponseInformation(given.getResponseInformation())
                    .withServerReference(given.getServerReference())
                    .build();
        }
    }
}
