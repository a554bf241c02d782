package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.interceptor.connect.ConnectInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundInput;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundOutput;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.packets.publish.ModifiableConnectPacket;
import com.hivemq.extension.sdk.api.packets.publish.ModifiableWillPublish;

import io.waybill.wire.identity.Principal;

/**
 * What is changed about a connection before it is let in: a client's id is put under the name that
 * it claims ({@link Admission} then checks the claim), its session's expiry is capped, of which a
 * client of MQTT 5 is told, and its will loses the retain flag and what only Waybill may say. Roles
 * pass unchanged. Stateless.
 */
final class ConnectRules implements ConnectInboundInterceptor {

    private final ToldExpiry told;

    ConnectRules(ToldExpiry told) {
        this.told = told;
    }

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
        capSession(input, connect);
    }

    private void capSession(ConnectInboundInput input, ModifiableConnectPacket connect) {
        long most = ClientLimits.CLIENT_SESSION_SECONDS;
        if (connect.getSessionExpiryInterval() > most) {
            connect.setSessionExpiryInterval(most);
            if (connect.getMqttVersion() == MqttVersion.V_5) {
                told.tell(input.getConnectionInformation(), most);
            }
        }
    }

    private static void strip(ModifiableWillPublish will) {
        will.setRetain(false);
        OwnProperties.remove(will.getUserProperties());
    }
}
