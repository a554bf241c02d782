package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.interceptor.connect.ConnectInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundInput;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundOutput;
import com.hivemq.extension.sdk.api.packets.publish.ModifiableConnectPacket;
import com.hivemq.extension.sdk.api.packets.publish.ModifiableWillPublish;

import io.waybill.wire.identity.Principal;

/**
 * What is changed about a connection before it is let in: a client's id is put under the name that
 * it claims ({@link Admission} then checks the claim), its session's expiry is capped, and its will
 * loses the retain flag and what only Waybill may say. Roles pass unchanged. Stateless.
 *
 * <p>The cap is not repeated in the CONNACK, for which HiveMQ has no means: a client that stays
 * away for longer finds its session gone.
 */
final class ConnectRules implements ConnectInboundInterceptor {

    @Override
    public void onConnect(ConnectInboundInput input, ConnectInboundOutput output) {
        ModifiableConnectPacket connect = output.getConnectPacket();
        String user = connect.getUserName().orElse(Principal.ANONYMOUS.name());
        connect.getModifiableWillPublish().ifPresent(ConnectRules::strip);
        if (connect.getClientId().startsWith(SessionOwner.ROLE_PREFIX)
                || user.startsWith(SessionOwner.ROLE_USER_PREFIX)
                || user.length() > ClientLimits.NAME_CHARACTERS
                || connect.getClientId().length() > 2 * ClientLimits.NAME_CHARACTERS) {
            return;
        }
        connect.setClientId(SessionOwner.clientId(new Principal(user), connect.getClientId()));
        if (connect.getSessionExpiryInterval() > ClientLimits.CLIENT_SESSION_SECONDS) {
            connect.setSessionExpiryInterval(ClientLimits.CLIENT_SESSION_SECONDS);
        }
    }

    private static void strip(ModifiableWillPublish will) {
        will.setRetain(false);
        OwnProperties.remove(will.getUserProperties());
    }
}
