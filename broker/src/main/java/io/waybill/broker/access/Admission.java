package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.ModifiableClientSettings;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;

import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lets a connection in or refuses it with a sentence: roles by their secret and only under their
 * own client ids, users by their password, and whoever gives nothing as {@code anonymous}, where
 * that is allowed. A will may go only where its sender may publish freely. Stateless.
 */
final class Admission implements SimpleAuthenticator {

    private record Refusal(ConnackReasonCode code, String sentence) {}

    private final Credentials credentials;
    private final boolean anonymousAllowed;
    private final TopicRules topics;

    Admission(Credentials credentials, boolean anonymousAllowed, TopicRules topics) {
        this.credentials = credentials;
        this.anonymousAllowed = anonymousAllowed;
        this.topics = topics;
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        Optional<Refusal> refusal = identityRefusal(connect).or(() -> willRefusal(connect));
        if (refusal.isPresent()) {
            output.failAuthentication(refusal.get().code(), refusal.get().sentence());
            return;
        }
        ModifiableClientSettings settings = output.getClientSettings();
        if (isRole(connect)) {
            settings.setClientQueueSizeMaximum(ClientLimits.ROLE_QUEUE);
        } else {
            settings.setClientQueueSizeMaximum(ClientLimits.CLIENT_QUEUE);
            settings.setClientReceiveMaximum(
                    Math.min(connect.getReceiveMaximum(), ClientLimits.CLIENT_RECEIVE_MAXIMUM));
        }
        output.authenticateSuccessfully();
    }

    private Optional<Refusal> identityRefusal(ConnectPacket connect) {
        Optional<String> user = connect.getUserName();
        Optional<String> password = connect.getPassword().map(Admission::text);
        if (isRole(connect)) {
            return roleRefusal(connect.getClientId(), user.orElseThrow(), password.orElse(""));
        }
        String givenId = SessionOwner.givenId(connect.getClientId());
        if (connect.getClientId().startsWith(SessionOwner.ROLE_PREFIX)
                || givenId.startsWith(SessionOwner.ROLE_PREFIX)) {
            return refuse(
                    ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "client ids that begin with '%s' are for roles"
                            .formatted(SessionOwner.ROLE_PREFIX));
        }
        Principal principal = new Principal(user.orElse(Principal.ANONYMOUS.name()));
        if (givenId.length() > ClientLimits.NAME_CHARACTERS
                || principal.name().length() > ClientLimits.NAME_CHARACTERS
                || !connect.getClientId().equals(SessionOwner.clientId(principal, givenId))) {
            return refuse(
                    ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    "client id and user name may have at most %d characters each"
                            .formatted(ClientLimits.NAME_CHARACTERS));
        }
        return user.isEmpty() && password.isEmpty()
                ? anonymousRefusal()
                : userRefusal(user.orElse(""), password.orElse(""));
    }

    private Optional<Refusal> roleRefusal(String clientId, String user, String secret) {
        Optional<Role> role = Role.labelled(user.substring(SessionOwner.ROLE_USER_PREFIX.length()));
        if (role.isEmpty() || !credentials.isSecretOf(role.get(), secret)) {
            return refuse(
                    ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD,
                    "the secret of '%s' is wrong".formatted(shown(user)));
        }
        String prefix = SessionOwner.ROLE_PREFIX + role.get().label() + "-";
        if (!clientId.startsWith(prefix) || SessionOwner.of(clientId).isEmpty()) {
            return refuse(
                    ConnackReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                    role.get() == Role.WRITER || role.get() == Role.GATEWAY
                            ? "client ids of %s begin with '%s'".formatted(shown(user), prefix)
                            : "%s has no business on the queue".formatted(shown(user)));
        }
        return Optional.empty();
    }

    private Optional<Refusal> userRefusal(String user, String password) {
        boolean known =
                credentials
                        .byPassword(user, password)
                        .filter(principal -> principal.name().equals(user))
                        .isPresent();
        return known
                ? Optional.empty()
                : refuse(
                        ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD,
                        "user name or password is wrong");
    }

    private Optional<Refusal> anonymousRefusal() {
        return anonymousAllowed
                ? Optional.empty()
                : refuse(
                        ConnackReasonCode.NOT_AUTHORIZED,
                        "this broker takes only clients with user name and password");
    }

    private Optional<Refusal> willRefusal(ConnectPacket connect) {
        return connect.getWillPublish()
                .flatMap(will -> topics.willRefusal(will.getTopic(), will.getResponseTopic()))
                .map(sentence -> new Refusal(ConnackReasonCode.TOPIC_NAME_INVALID, sentence));
    }

    private static boolean isRole(ConnectPacket connect) {
        return connect.getUserName()
                .filter(user -> user.startsWith(SessionOwner.ROLE_USER_PREFIX))
                .isPresent();
    }

    private static Optional<Refusal> refuse(ConnackReasonCode code, String sentence) {
        return Optional.of(new Refusal(code, sentence));
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
    }

    private static String shown(String user) {
        return user.length() <= 40 ? user : user.substring(0, 40) + "...";
    }
}
