package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.HttpDoor.Answer;
import io.waybill.gateway.standin.StandInCommands;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looking at dead letters and driving them again, through the real server. */
class DeadLettersTest {

    private static final String LETTER = "0190a6e2-7b7c-7d3a-8f5e-00000000000a";
    private static final String ORDER = "0190a6e2-7b7c-7d3a-8f5e-00000000000b";
    private static final String OTHER = "0190a6e2-7b7c-7d3a-8f5e-00000000000c";
    private static final String REDRIVE =
            """
            mutation ($id: String!, $payload: String, $key: String) {
              redriveDeadLetter(commandId: $id, payload: $payload, idempotencyKey: $key) {
                status message commandId id } }
            """;

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
        door = new HttpDoor(gateway.at("/graphql"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void clear() {
        gateway.contacts().clear();
        gateway.commands().clear();
    }

    private static DeadLetterView.Builder undecodable(String payload) {
        return letter("UNDECODABLE")
                .setReason("the payload is not the JSON of a CONTACT/ADD")
                .setPayload(ByteString.copyFromUtf8(payload))
                .setPayloadBytes(payload.getBytes(UTF_8).length);
    }

    private static DeadLetterView.Builder poison(String topic, Message command) {
        return letter("POISON")
                .setTopic(topic)
                .setContentType("application/x-protobuf")
                .setPayload(command.toByteString())
                .setPayloadBytes(command.getSerializedSize());
    }

    private static DeadLetterView.Builder letter(String code) {
        return DeadLetterView.newBuilder()
                .setPrincipal("anonymous")
                .setCommandId(LETTER)
                .setTopic("CONTACT/ADD")
                .setCode(code);
    }

    private static DeadLetterView.Builder ofSaga() {
        return letter("POISON")
                .setPrincipal("saga")
                .setTopic("SAGA/RESTAURANT/TAKE")
                .setSaga(
                        SagaCause.newBuilder()
                                .setOrderId(ORDER)
                                .setStep("TAKE_ITEMS")
                                .setAttempt(1));
    }

    private static void put(DeadLetterView.Builder letter) {
        gateway.contacts().put(letter.build());
    }

    private static Answer redrive() {
        return redrive(null, null);
    }

    private static Answer redrive(String payload, String key) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("id", LETTER);
        variables.put("payload", payload);
        variables.put("key", key);
        return door.execute(REDRIVE, variables);
    }

    private static String commandId(Answer answer) {
        assertThat(answer.json().has("errors")).as("%s", answer).isFalse();
        return answer.data().path("redriveDeadLetter").path("commandId").asString();
    }

    private static StandInCommands.Submitted submitted() {
        assertThat(gateway.commands().submitted()).isNotEmpty();
        return gateway.commands().submitted().getLast();
    }

    @Test
    void they_are_asked_for_newest_first_by_topic_and_time() {
        door.execute(
                "{ deadLetters(topic: \"CONTACT/ADD\", from: \"2026-01-01T00:00:00Z\", to: \"2026-01-02T00:00:00Z\") { nodes { commandId } } }");

        assertThat(gateway.contacts().calls())
                .singleElement()
                .satisfies(
                        call ->
                                assertThat(call.what())
                                        .contains("direction: DIRECTION_DESCENDING")
                                        .contains("topic: \"CONTACT/ADD\"")
                                        .contains("seconds: 1767225600")
                                        .contains("seconds: 1767312000"));
    }

    @Test
    void what_was_sent_does_no_harm_where_it_is_shown() {
        put(
                undecodable("{\"n\u202e\0\": \"ü\"")
                        .setReason("there is no field n\u202e")
                        .setContentType("text/\u202e"));

        Answer answer =
                door.execute(
                        "{ deadLetters { nodes { payload payloadBytes reason contentType json redriveOf redrivenBy redriveApplied redrives saga { step } } } }");

        assertThat(answer.data().path("deadLetters").path("nodes").path(0))
                .hasToString(
                        "{\"payload\":\"{\\\"n\\\\xe2\\\\x80\\\\xae\\\\x00\\\": \\\"ü\\\"\",\"payloadBytes\":14,\"reason\":\"there is no field n\\\\xe2\\\\x80\\\\xae\",\"contentType\":\"text/\\\\xe2\\\\x80\\\\xae\",\"json\":null,\"redriveOf\":null,\"redrivenBy\":null,\"redriveApplied\":false,\"redrives\":0,\"saga\":null}");
    }

    @Test
    void one_that_can_be_decoded_is_shown_as_the_json_that_drives_it_again() {
        put(
                poison(
                        "CONTACT/UPDATE",
                        UpdateContact.newBuilder().setId(OTHER).setName("Ada").build()));

        String json =
                door.execute("{ deadLetters { nodes { json } } }")
                        .data()
                        .path("deadLetters")
                        .path("nodes")
                        .path(0)
                        .path("json")
                        .asString();

        assertThat(json).isEqualTo("{\"id\":\"%s\",\"name\":\"Ada\"}".formatted(OTHER));
        assertThat(commandId(redrive(json, null))).isNotEmpty();
    }

    @Test
    void one_of_a_saga_says_of_which() {
        put(ofSaga().setPrincipal("anonymous"));
        assertThat(
                        door.execute(
                                        "{ deadLetters { nodes { saga { order_id step undo attempt } } } }")
                                .data()
                                .path("deadLetters")
                                .path("nodes")
                                .path(0)
                                .path("saga"))
                .hasToString(
                        "{\"order_id\":\"%s\",\"step\":\"TAKE_ITEMS\",\"undo\":false,\"attempt\":1}"
                                .formatted(ORDER));
    }

    @Test
    void one_that_was_kept_whole_is_driven_again_as_a_new_command_that_names_it() {
        put(poison("CONTACT/ADD", AddContact.newBuilder().setName("Ada").build()));

        Answer answer = redrive();

        assertThat(answer.data().path("redriveDeadLetter").path("message").asString())
                .isEqualTo("Queued to add");
        assertThat(commandId(answer)).isNotEqualTo(LETTER);
        assertThat(submitted().command().message())
                .isEqualTo(AddContact.newBuilder().setName("Ada").build());
        assertThat(submitted().cause()).contains(LETTER);
        assertThat(
                        door.execute(
                                        "{ command(id: \"%s\") { redriveOf } }"
                                                .formatted(commandId(answer)))
                                .data()
                                .path("command")
                                .path("redriveOf")
                                .asString())
                .isEqualTo(LETTER);
        assertThat(gateway.contacts().calls().getFirst().freshness())
                .isEqualTo(new Freshness.LogEnd());
    }

    @Test
    void one_that_cannot_be_decoded_needs_an_edited_payload() {
        put(undecodable("{\"nme\": \"Ada\"}"));

        Answer asItIs = redrive();
        assertThat(asItIs.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(asItIs.field()).isEqualTo("payload");
        assertThat(asItIs.message())
                .startsWith("payload must be given, edited: dead letter " + LETTER)
                .endsWith("there is no field nme");

        redrive("{\"name\": \" Ada \"}", null);
        assertThat(submitted().command().message())
                .isEqualTo(AddContact.newBuilder().setName("Ada").build());
    }

    @Test
    void one_that_was_kept_in_part_needs_an_edited_payload_though_the_part_could_be_decoded() {
        put(undecodable("{\"name\": \"Ada\"}").setPayloadBytes(20_000));

        assertThat(redrive().message()).endsWith("only the first 15 of its 20000 bytes were kept");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nme\": \"x\"} | payload.nme | there is no field nme",
                "{\"name\": 7} | payload.name | name must be a text in double quotes",
                "{\"name\": \"x\", \"name\": \"y\"} | payload.name | name is given twice",
                "{} | payload.name | payload.name is missing",
                "{\"name\": \"x\", \"email\": \"none\"} | payload.email | payload.email",
                "{\"name\": | payload | it ends in the middle",
                "[] | payload | it is no object",
                "`` | payload | it ends in the middle",
                "{\"name\": \"\\ud800\"} | payload.name | payload.name"
            })
    void an_edited_payload_is_checked_as_all_input_is(String json, String field, String sentence) {
        put(undecodable("garbage"));

        Answer answer = redrive(json, null);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.message()).contains(sentence);
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void a_payload_that_is_no_text_is_refused() {
        put(undecodable("garbage"));

        Answer answer =
                door.post(
                        "{\"query\": \"mutation ($p: String) { redriveDeadLetter(commandId: \\\"%s\\\", payload: $p) { id } }\", \"variables\": {\"p\": \"\\ud800\"}}"
                                .formatted(LETTER));

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void what_is_wrong_deep_in_a_payload_is_named_by_its_path() {
        put(undecodable("garbage").setTopic("ORDER/CREATE"));
        String order =
                "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"currency\": \"EUR\", \"order_items\": [{\"code\": \"a\", \"unit_price\": 1, \"quantity\": 1}, {\"code\": \"b\", \"unit_price\": 1, %s}]}";

        assertThat(redrive(order.formatted(OTHER, OTHER, "\"quantity\": 0"), null).field())
                .isEqualTo("payload.order_items[1].quantity");
        Answer unknown =
                redrive(order.formatted(OTHER, OTHER, "\"quantity\": 1, \"gift\": true"), null);
        assertThat(unknown.field()).isEqualTo("payload.order_items[1].gift");
        assertThat(unknown.message()).contains("there is no field order_items[1].gift");
    }

    @Test
    void what_is_too_large_is_refused() {
        put(undecodable("garbage"));
        assertThat(redrive("{\"name\": \"" + "x".repeat(17_000) + "\"}", null).message())
                .isEqualTo("the payload has 17012 bytes; CONTACT/ADD takes at most 16384");
    }

    @Test
    void another_principals_does_not_exist() {
        put(undecodable("garbage").setPrincipal("ada"));

        Answer answer = redrive("{\"name\": \"Ada\"}", null);

        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void what_is_no_command_id_is_refused() {
        Answer answer = door.execute(REDRIVE, Map.of("id", "no id"));
        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo("commandId");
    }

    @Test
    void asked_again_before_it_has_its_outcome_it_is_the_same_command() {
        put(poison("CONTACT/ADD", AddContact.newBuilder().setName("Ada").build()));

        assertThat(commandId(redrive())).isEqualTo(commandId(redrive()));
    }

    @Test
    void asked_again_after_a_refusal_it_is_another_command() {
        DeadLetterView.Builder letter =
                poison("CONTACT/ADD", AddContact.newBuilder().setName("Ada").build());
        put(letter);
        String first = commandId(redrive());
        put(letter.setRedrives(1).setRedrivenBy(first));

        assertThat(commandId(redrive())).isNotEqualTo(first);
    }

    @Test
    void once_a_redrive_was_applied_there_is_no_other_but_the_same_may_be_asked_for_again() {
        DeadLetterView.Builder letter =
                poison("CONTACT/ADD", AddContact.newBuilder().setName("Ada").build());
        put(letter);
        String first = commandId(redrive(null, "k"));
        put(letter.setRedrives(1).setRedrivenBy(first).setRedriveApplied(true));

        for (Answer answer : List.of(redrive(), redrive(null, "another"))) {
            assertThat(answer.code()).isEqualTo("ILLEGAL_STATE");
            assertThat(answer.message())
                    .isEqualTo(
                            "dead letter %s was driven again by command %s, which was applied"
                                    .formatted(LETTER, first));
        }
        assertThat(commandId(redrive(null, "k"))).isEqualTo(first);
    }

    @Test
    void a_key_counts_for_its_dead_letter_alone() {
        AddContact command = AddContact.newBuilder().setName("Ada").build();
        put(poison("CONTACT/ADD", command));
        put(poison("CONTACT/ADD", command).setCommandId(OTHER));

        String one = commandId(redrive(null, "k"));
        String other = commandId(door.execute(REDRIVE, Map.of("id", OTHER, "key", "k")));
        String plain =
                door.execute(
                                "mutation { addContact(name: \"Ada\", idempotencyKey: \"k\") { commandId } }")
                        .data()
                        .path("addContact")
                        .path("commandId")
                        .asString();

        assertThat(List.of(one, other, plain)).doesNotHaveDuplicates();
        assertThat(commandId(redrive(null, "k"))).isEqualTo(one);
        assertThat(commandId(redrive(null, "l"))).isNotEqualTo(one);
    }

    @Test
    void who_gave_no_key_is_told_of_the_redrive_that_is_under_way() {
        put(undecodable("garbage"));
        gateway.commands()
                .refuse(
                        new WaybillException(
                                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                                        "this idempotency key was used before for another content")
                                .at("idempotencyKey"));

        Answer without = redrive("{\"name\": \"Ada\"}", null);
        assertThat(without.code()).isEqualTo("ILLEGAL_STATE");
        assertThat(without.message())
                .isEqualTo(
                        "dead letter %s is being driven again with another content: wait for the outcome of that"
                                .formatted(LETTER));
        assertThat(redrive("{\"name\": \"Ada\"}", "k").code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void a_command_of_a_saga_wakes_the_saga_as_often_as_is_wanted() {
        put(ofSaga().setRedrives(1).setRedrivenBy(OTHER).setRedriveApplied(true));

        Answer answer = redrive();

        assertThat(answer.data().path("redriveDeadLetter").path("id").asString()).isEqualTo(ORDER);
        assertThat(submitted().command().message())
                .isEqualTo(RetryStep.newBuilder().setId(ORDER).setStep("TAKE_ITEMS").build());
        assertThat(submitted().cause()).isEqualTo(Optional.of(LETTER));
    }

    @Test
    void a_command_of_a_saga_cannot_be_edited() {
        put(ofSaga());

        Answer answer = redrive("{}", null);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo("payload");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void what_the_writer_tells_itself_cannot_be_driven_again() {
        put(ofSaga().clearSaga().setTopic("SAGA/ORDER/REPLY"));

        assertThat(redrive().code()).isEqualTo("ILLEGAL_STATE");
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void what_came_on_no_commands_topic_cannot_be_driven_again() {
        put(undecodable("garbage").setTopic("CONTACT/RENAME"));

        assertThat(redrive("{}", null).code()).isEqualTo("ILLEGAL_STATE");
    }
}
