package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.interceptor.disconnect.DisconnectInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.disconnect.parameter.DisconnectInboundInput;
import com.hivemq.extension.sdk.api.interceptor.disconnect.parameter.DisconnectInboundOutput;

/** Keeps a client from raising its session's expiry with its last words. */
final class DisconnectRule implements DisconnectInboundInterceptor {

    @Override
    public void onInboundDisconnect(DisconnectInboundInput input, DisconnectInboundOutput output) {
        var disconnect = output.getDisconnectPacket();
        disconnect
                .getSessionExpiryInterval()
                .filter(seconds -> seconds > ClientLimits.CLIENT_SESSION_SECONDS)
                .ifPresent(
                        seconds ->
                                disconnect.setSessionExpiryInterval(
                                        ClientLimits.CLIENT_SESSION_SECONDS));
    }
}
