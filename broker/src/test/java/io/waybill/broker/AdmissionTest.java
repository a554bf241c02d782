package io.waybill.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.identity.Role;
import io.waybill.wire.mqtt.Stamp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Who is let in, as whom, and what roles may do. */
class AdmissionTest {

    private static final int BAD_PASSWORD = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int BAD_CLIENT_ID = 0x85;
    private static final byte[] ADA = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir static Path folder;
    private static RunningBroker broker;

    @BeforeAll
    static void start() {
        broker = RunningBroker.in(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void wrong_passwords_are_refused_with_a_reason() {
        assertRefused("till", "ada", "wrong", BAD_PASSWORD, "user name or password is wrong");
        assertRefused(
                "till", "eve", "ada-password-1", BAD_PASSWORD, "user name or password is wrong");
        assertRefused("till", "ada", "", BAD_PASSWORD, "user name or password is wrong");
        assertRefused("till", "ada", null, BAD_PASSWORD, "user name or password is wrong");
        assertRefused(
                "till", null, "ada-password-1", BAD_PASSWORD, "user name or password is wrong");
        assertRefused("till", "", "", BAD_PASSWORD, "user name or password is wrong");
        assertRefused("till", "", null, BAD_PASSWORD, "user name or password is wrong");
        assertRefused("till", "anonymous", "", BAD_PASSWORD, "user name or password is wrong");
        assertRefused("till", "anonymous", null, BAD_PASSWORD, "user name or password is wrong");
        assertThat(broker.olderClient("till").as("ada", "wrong").refusedConnect()).isEqualTo(4);
    }

    @Test
    void roles_are_let_in_by_their_secret_alone_and_only_under_their_own_ids() {
        assertRefused("waybill-writer-0", "role:writer", "guess", BAD_PASSWORD, "secret");
        assertRefused("waybill-writer-0", "role:unknown", "guess", BAD_PASSWORD, "secret");
        assertRefused(
                "waybill-writer-0",
                "role:writer",
                broker.secret(Role.GATEWAY),
                BAD_PASSWORD,
                "secret");
        assertRefused(
                "waybill-writer-0",
                "role:gateway",
                broker.secret(Role.GATEWAY),
                BAD_CLIENT_ID,
                "waybill-gateway-");
        assertRefused(
                "till",
                "role:writer",
                broker.secret(Role.WRITER),
                BAD_CLIENT_ID,
                "waybill-writer-");
        assertRefused(
                "waybill-gateway-+",
                "role:gateway",
                broker.secret(Role.GATEWAY),
                BAD_CLIENT_ID,
                "waybill-gateway-");
        assertRefused(
                "waybill-reader-0",
                "role:reader",
                broker.secret(Role.READER),
                BAD_CLIENT_ID,
                "no business");
    }

    private static void assertRefused(
            String clientId,
            @Nullable String user,
            @Nullable String password,
            int code,
            String reason) {
        assertRefused(
                broker.answerTo(new RawClient.Connect(clientId, user, password, null)),
                code,
                reason);
    }

    private static void assertRefused(RawClient.Answer refusal, int code, String reason) {
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.reason()).contains(reason);
    }

    @Test
    void clients_cannot_take_the_ids_of_roles() {
        try (Mqtt5Client writer = broker.writer()) {
            assertRefused("waybill-writer-0", null, null, BAD_CLIENT_ID, "for roles");
            assertRefused("waybill-writer-0", "ada", "ada-password-1", BAD_CLIENT_ID, "for roles");
            assertRefused("@anonymous/waybill-x", null, null, BAD_CLIENT_ID, "for roles");
            assertThat(broker.olderClient("waybill-writer-0").refusedConnect()).isEqualTo(2);
            assertThat(writer.isConnected()).isTrue();
        }
    }

    @Test
    void a_session_belongs_to_its_principal_and_to_no_other_with_the_same_client_id() {
        try (Mqtt5Client ada =
                broker.client("till").as("ada", "ada-password-1").keepingSession(600).connect()) {
            ada.subscribed("my/private");
            try (Mqtt5Client bob =
                            broker.client("till")
                                    .as("bob", "bob-password-1")
                                    .keepingSession(600)
                                    .connect();
                    Mqtt5Client nobody = broker.client("till").keepingSession(600).connect();
                    Mqtt5Client posing = broker.client("@ada/till").keepingSession(600).connect()) {
                assertThat(bob.sessionPresent()).isFalse();
                assertThat(nobody.sessionPresent()).isFalse();
                assertThat(posing.sessionPresent()).isFalse();
                assertThat(ada.isConnected()).isTrue();
            }
            ada.disconnect();
        }
        try (Mqtt5Client again =
                broker.client("till").as("ada", "ada-password-1").keepingSession(600).connect()) {
            assertThat(again.sessionPresent()).isTrue();
            again.publish("my/private", "still subscribed", 1);
            assertThat(again.next().text()).isEqualTo("still subscribed");
        }
    }

    @Test
    void the_same_client_connecting_again_takes_its_session_over() {
        try (Mqtt5Client first = broker.client("same").connect();
                Mqtt5Client second = broker.client("same").connect()) {
            await().until(() -> !first.isConnected());
            assertThat(second.isConnected()).isTrue();
        }
    }

    @Test
    void an_id_that_the_broker_assigns_is_told_without_its_principal() {
        try (Mqtt5Client till = Mqtt5Client.at(broker.tcp(), "").connect()) {
            assertThat(till.connack().getAssignedClientIdentifier())
                    .isNotBlank()
                    .doesNotContain("@");
        }
    }

    @Test
    void ids_and_names_that_are_too_long_are_refused() {
        assertRefused("x".repeat(300), null, null, BAD_CLIENT_ID, "at most 256");
        assertRefused("x".repeat(1_000), null, null, BAD_CLIENT_ID, "at most 256");
        assertRefused("till", "x".repeat(2_000), "password", BAD_CLIENT_ID, "at most 256");
    }

    @Test
    void anonymous_clients_stay_outside_where_they_are_not_allowed(@TempDir Path other) {
        try (RunningBroker closed = RunningBroker.in(other, false)) {
            assertRefused(
                    closed.answerTo(new RawClient.Connect("till", null, null, null)),
                    NOT_AUTHORIZED,
                    "user name and password");
            assertThat(closed.olderClient("till").refusedConnect()).isEqualTo(5);
            try (Mqtt5Client ada = closed.client("till").as("ada", "ada-password-1").connect()) {
                assertThat(ada.isConnected()).isTrue();
            }
        }
    }

    @Test
    void a_gateways_stamp_is_kept_and_must_be_its_own() {
        Stamp stamp = gatewayStamp("g1");
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client gateway = broker.gateway("g1")) {
            assertThat(
                            gateway.correlatedBy(stamp.toBytes())
                                    .publish("CONTACT/ADD", ADA, 1, true)
                                    .code())
                    .isZero();
            Received command = writer.next();
            assertThat(command.correlation()).contains(stamp.toBytes());
            assertThat(command.stamp().principal()).isEqualTo("ada");
            assertThat(command.retained()).isFalse();

            assertThat(gateway.publish("CONTACT/ADD", ADA, 1, false).code()).isEqualTo(0x99);
            assertThat(
                            gateway.correlatedBy(gatewayStamp("g2").toBytes())
                                    .publish("CONTACT/ADD", ADA, 1, false)
                                    .code())
                    .isEqualTo(0x99);
        }
    }

    private static Stamp gatewayStamp(String gateway) {
        return new Stamp(
                "ada",
                "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e",
                Door.DOOR_GRAPHQL,
                Instant.ofEpochSecond(1_700_000_000),
                Optional.of(new Stamp.Sending(gateway, 3, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void roles_may_do_what_is_theirs_and_nothing_else() {
        try (Mqtt5Client writer = broker.writer();
                Mqtt5Client gateway = broker.gateway("g1")) {
            for (String topic : new String[] {"my/topic", "EVENT/CONTACT/ADDED", "GATEWAY/g1/x"}) {
                assertThat(gateway.publish(topic, ADA, 1, false).code()).isEqualTo(NOT_AUTHORIZED);
            }
            for (String topic : new String[] {"CONTACT/ADD", "ORDER/CREATE", "$SYS/x"}) {
                assertThat(writer.publish(topic, ADA, 1, false).code()).isEqualTo(NOT_AUTHORIZED);
            }
            for (String filter :
                    new String[] {
                        "#", "GATEWAY/g2/#", "GATEWAY/#", "GATEWAY/+/ANSWERS", "CONTACT/#"
                    }) {
                assertThat(gateway.subscribe(filter).code()).isEqualTo(NOT_AUTHORIZED);
            }
            for (String filter : new String[] {"#", "GATEWAY/#", "+/ADD", "my/#"}) {
                assertThat(writer.subscribe(filter).code()).isEqualTo(NOT_AUTHORIZED);
            }
            assertThat(writer.subscribe("CONTACT/#").code()).isLessThan(0x80);
        }
    }

    @Test
    void a_role_leaves_no_will_on_a_command_topic() {
        assertRefused(
                broker.answerTo(
                        new RawClient.Connect(
                                "waybill-gateway-g9",
                                "role:gateway",
                                broker.secret(Role.GATEWAY),
                                "CONTACT/ADD")),
                0x90,
                "will");
    }
}
