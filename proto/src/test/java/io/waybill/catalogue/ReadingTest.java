package io.waybill.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.protocol.Contact;
import io.waybill.proto.protocol.ContactReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class ReadingTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    private final CommandType add = type("CONTACT/ADD");
    private final CommandType update = type("CONTACT/UPDATE");
    private final CommandType delete = type("CONTACT/DELETE");

    @Test
    void white_space_around_texts_is_removed() {
        AddContact read =
                (AddContact)
                        valid(
                                add.read(
                                        AddContact.newBuilder()
                                                .setName(" \t\u00a0Ada  Lovelace\n")
                                                .setEmail(" ada@example.org ")
                                                .build()));

        assertThat(read.getName()).isEqualTo("Ada  Lovelace");
        assertThat(read.getEmail()).isEqualTo("ada@example.org");
        assertThat(read.hasPhone()).isFalse();
    }

    @Test
    void an_id_and_a_time_on_add_are_ignored_at_every_door() {
        AddContact plain = AddContact.newBuilder().setName("Ada").build();

        assertThat(
                        valid(
                                add.read(
                                        plain.toBuilder()
                                                .setId("not a uuid")
                                                .setLastUpdated(Timestamp.getDefaultInstance())
                                                .build())))
                .isEqualTo(plain);
        assertThat(
                        valid(
                                json(
                                        add,
                                        """
                                        {"name": "Ada", "id": 7, "lastUpdated": "garbage",
                                         "last_updated": {"a": [1, {}]}}
                                        """)))
                .isEqualTo(plain);
    }

    @Test
    void bare_messages_of_older_clients_are_read() {
        Contact contact =
                Contact.newBuilder()
                        .setName("John HUEBR")
                        .setLastUpdated(Timestamp.newBuilder().setSeconds(1))
                        .build();

        assertThat(((AddContact) valid(add.read(contact.toByteArray(), ""))).getName())
                .isEqualTo("John HUEBR");
        UpdateContact updated =
                (UpdateContact)
                        valid(update.read(contact.toBuilder().setId(ID).build().toByteArray(), ""));
        assertThat(updated.getId()).isEqualTo(ID);
        assertThat(updated.getName()).isEqualTo("John HUEBR");
        assertThat(updated.hasEmail()).isFalse();
        DeleteContact deleted =
                (DeleteContact)
                        valid(
                                delete.read(
                                        ContactReference.newBuilder()
                                                .setId(ID)
                                                .build()
                                                .toByteArray(),
                                        ""));
        assertThat(deleted.getId()).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON"
            })
    void json_is_told_by_its_content_type_or_its_first_byte(String contentType) {
        Reading reading =
                add.read("{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8), contentType);

        assertThat(((AddContact) valid(reading)).getName()).isEqualTo("Ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/x-protobuf"})
    void protobuf_is_what_is_not_json(String contentType) {
        byte[] payload = AddContact.newBuilder().setName("Ada").build().toByteArray();

        assertThat(((AddContact) valid(add.read(payload, contentType))).getName()).isEqualTo("Ada");
    }

    @Test
    void an_unknown_content_type_is_named_with_those_that_are_known() {
        assertThat(undecodable(add.read(new byte[0], "text/xml")))
                .contains("text/xml", "application/json", "application/x-protobuf");
    }

    @Test
    void json_and_protobuf_of_one_content_have_one_fingerprint() {
        Command fromJson = command(json(add, "{\"phone\":\"+49 30 1234567\", \"name\":\" Ada \"}"));
        Command fromProtobuf =
                command(
                        add.read(
                                AddContact.newBuilder()
                                        .setId("ignored")
                                        .setName("Ada")
                                        .setPhone("+49 30 1234567")
                                        .build()
                                        .toByteArray(),
                                "application/x-protobuf"));
        Command withUnknownFields =
                command(
                        add.read(
                                fromProtobuf
                                        .message()
                                        .toByteString()
                                        .concat(ByteString.copyFrom(new byte[] {0x78, 1}))
                                        .toByteArray(),
                                ""));

        assertThat(fromJson.fingerprint()).hasSize(16).isEqualTo(fromProtobuf.fingerprint());
        assertThat(withUnknownFields.fingerprint()).isEqualTo(fromProtobuf.fingerprint());
    }

    @Test
    void another_content_or_topic_has_another_fingerprint() {
        Command ada = command(json(add, "{\"name\":\"Ada\"}"));
        Command bob = command(json(add, "{\"name\":\"Bob\"}"));
        Command keep = command(json(update, "{\"id\":\"" + ID + "\",\"name\":\"Ada\"}"));
        Command clear =
                command(json(update, "{\"id\":\"" + ID + "\",\"name\":\"Ada\",\"email\":\"\"}"));

        assertThat(List.of(bob, keep, clear))
                .allSatisfy(
                        other -> assertThat(other.fingerprint()).isNotEqualTo(ada.fingerprint()));
        assertThat(clear.fingerprint()).isNotEqualTo(keep.fingerprint());
        assertThat(Fingerprint.ofUndecodable("CONTACT/ADD", new byte[] {1}))
                .isNotEqualTo(Fingerprint.ofUndecodable("CONTACT/ADD", new byte[] {2}))
                .isNotEqualTo(Fingerprint.ofUndecodable("CONTACT/UPDATE", new byte[] {1}));
    }

    @Test
    void an_empty_email_clears_and_an_absent_one_stays_absent() {
        UpdateContact cleared =
                (UpdateContact) valid(json(update, "{\"id\":\"" + ID + "\",\"email\":\"  \"}"));

        assertThat(cleared.hasEmail()).isTrue();
        assertThat(cleared.getEmail()).isEmpty();
        assertThat(cleared.hasPhone()).isFalse();
        assertThat(cleared.hasName()).isFalse();
    }

    @Test
    void an_update_needs_something_to_change() {
        Reading.Invalid invalid = invalid(json(update, "{\"id\":\"" + ID + "\"}"));

        assertThat(invalid.sentence())
                .isEqualTo("name is missing: give at least one of name, email, phone");
        assertThat(invalid.target()).contains(ID);
    }

    @Test
    void an_id_is_kept_in_lower_case() {
        DeleteContact read =
                (DeleteContact)
                        valid(
                                json(
                                        delete,
                                        "{\"id\":\" "
                                                + ID.toUpperCase(java.util.Locale.ROOT)
                                                + " \"}"));

        assertThat(read.getId()).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"\"}", "{\"id\":\"x\"}", "{\"id\":\"" + ID + "0\"}"})
    void a_delete_needs_a_well_formed_id(String json) {
        Reading.Invalid invalid = invalid(json(delete, json));

        assertThat(invalid.violations()).extracting(Violation::field).containsExactly("id");
        assertThat(invalid.target()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name | is missing",
                "{\"name\":null} | name | is missing",
                "{\"name\":\"\"} | name | 1 to 200 characters, but has 0",
                "{\"name\":\" \\t \"} | name | 1 to 200 characters, but has 0",
                "{\"name\":\"a\\u0000b\"} | name | control",
                "{\"name\":\"a\\nb\"} | name | control",
                "{\"name\":\"a\\u0085b\"} | name | control",
                "{\"name\":\"a\\u2028b\"} | name | control",
                "{\"name\":\"a\\u202ab\"} | name | direction of writing",
                "{\"name\":\"a\\u202eb\"} | name | direction of writing",
                "{\"name\":\"\\u2066a\"} | name | direction of writing",
                "{\"name\":\"a\\u2069\"} | name | direction of writing",
                "{\"name\":\"x\",\"email\":\"a\\u202e@b.de\"} | email | direction of writing",
                "{\"name\":\"a\\ud800b\"} | name | surrogate",
                "{\"name\":\"\\udc00\"} | name | surrogate",
                "{\"name\":\"x\",\"email\":\"x\"} | email | e-mail",
                "{\"name\":\"x\",\"email\":\"a@\"} | email | e-mail",
                "{\"name\":\"x\",\"email\":\"@b\"} | email | e-mail",
                "{\"name\":\"x\",\"email\":\"a b@c.de\"} | email | e-mail",
                "{\"name\":\"x\",\"email\":\"a@b..c\"} | email | e-mail",
                "{\"name\":\"x\",\"email\":\"a@-b.c\"} | email | e-mail",
                "{\"name\":\"x\",\"email\":\"a@b@c\"} | email | e-mail",
                "{\"name\":\"x\",\"phone\":\"12\"} | phone | telephone",
                "{\"name\":\"x\",\"phone\":\"call me\"} | phone | telephone",
                "{\"name\":\"x\",\"phone\":\"++49301234\"} | phone | telephone",
                "{\"name\":\"x\",\"phone\":\"123456789012345678901\"} | phone | telephone",
            })
    void a_value_that_breaks_a_rule_is_named_with_the_rule(
            String json, String field, String sentence) {
        Reading.Invalid invalid = invalid(json(add, json));

        assertThat(invalid.violations()).hasSize(1);
        assertThat(invalid.violations().getFirst().field()).isEqualTo(field);
        assertThat(invalid.sentence()).startsWith(field + " ").contains(sentence);
    }

    @Test
    void two_hundred_characters_are_taken_and_one_more_is_not() {
        assertThat(valid(add.read(AddContact.newBuilder().setName("é".repeat(200)).build())))
                .isNotNull();
        // A character outside the first plane counts once.
        assertThat(valid(add.read(AddContact.newBuilder().setName("😀".repeat(200)).build())))
                .isNotNull();
        assertThat(
                        invalid(add.read(AddContact.newBuilder().setName("é".repeat(201)).build()))
                                .sentence())
                .isEqualTo("name must have 1 to 200 characters, but has 201");
        assertThat(
                        invalid(
                                        add.read(
                                                AddContact.newBuilder()
                                                        .setName("x")
                                                        .setEmail("a@" + "b".repeat(253))
                                                        .build()))
                                .sentence())
                .startsWith("email ");
    }

    @Test
    void names_of_every_script_are_taken_with_the_marks_that_they_need() {
        for (String name :
                new String[] {
                    "\u05d3\u05d5\u05d3 Ltd.\u200f",
                    "\u0645\u062d\u0645\u062f",
                    "\u200eA",
                    "a\u200db"
                }) {
            assertThat(valid(add.read(AddContact.newBuilder().setName(name).build()))).isNotNull();
        }
    }

    @Test
    void everything_wrong_is_said_in_the_order_of_the_fields() {
        Reading.Invalid invalid =
                invalid(json(add, "{\"phone\":\"x\",\"email\":\"x\",\"name\":\"\"}"));

        assertThat(invalid.violations())
                .extracting(Violation::field)
                .containsExactly("name", "email", "phone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nmae\":\"Ada\"} | phone: there is no field nmae",
                "{\"name\":7} | name",
                "{\"name\":true} | name",
                "{\"name\":[\"Ada\"]} | name",
                "{\"name\":{\"x\":1}} | name",
                "{\"name\":\"Ada\",\"name\":\"Bob\"} | name",
                "{\"name\":\"Ada\"} {} | follows",
                "{\"name\":\"Ada\"}x | follows",
                "{\"name\":\"Ada\" | ends in the middle",
                "{'name':'Ada'} | malformed at line 1 column",
                "{name:\"Ada\"} | JSON",
                "{\"name\":\"Ada\",} | JSON",
                "{\"name\":\"Ada\"/**/} | JSON",
                "[{\"name\":\"Ada\"}] | object",
                "7 | object",
                "`` | JSON",
                "{\"name\":\"a\tb\"} | JSON",
            })
    void json_that_is_not_as_it_should_be_is_undecodable_and_says_where(
            String json, String sentence) {
        String reason = undecodable(json(add, json));

        assertThat(reason)
                .contains(sentence)
                .contains("name, email, phone")
                .doesNotContain("\n", "JsonReader", "waybill.");
    }

    @Test
    void a_field_that_is_ignored_may_come_by_both_of_its_names() {
        assertThat(valid(json(add, "{\"name\":\"A\",\"last_updated\":1,\"lastUpdated\":2}")))
                .isNotNull();
    }

    @Test
    void deep_nesting_is_refused_before_it_costs() {
        String deep = "{\"name\":\"Ada\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThat(undecodable(json(add, deep))).contains("there is no field x");
    }

    @Test
    void huge_numbers_are_harmless() {
        assertThat(undecodable(json(add, "{\"name\":1e999999999}"))).contains("name");
        assertThat(valid(json(add, "{\"name\":\"Ada\",\"id\":1e99999999999999}"))).isNotNull();
    }

    @Test
    void bytes_that_are_no_message_are_undecodable() {
        assertThat(undecodable(add.read(new byte[] {(byte) 0xff, 0, 1}, "")))
                .isEqualTo(
                        "the payload is not the protobuf of a CONTACT/ADD with the fields name,"
                                + " email, phone");
        assertThat(undecodable(add.read(new byte[] {0x12, 1, (byte) 0xff}, "")))
                .as("a text that is not UTF-8")
                .contains("protobuf");
        assertThat(undecodable(add.read(new byte[] {'{', (byte) 0xff}, ""))).contains("UTF-8");
    }

    @Test
    void an_empty_payload_lacks_what_is_required() {
        assertThat(invalid(add.read(new byte[0], "")).sentence()).startsWith("name is missing");
    }

    @Test
    void a_payload_that_is_too_large_says_how_large_it_may_be() {
        assertThat(undecodable(add.read(new byte[16 * 1024 + 1], "")))
                .contains("16385", "16384", "CONTACT/ADD");
    }

    private static CommandType type(String topic) {
        return CommandCatalogue.standard().onTopic(topic).orElseThrow();
    }

    private static Reading json(CommandType type, String json) {
        return type.read(json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private static Command command(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        return ((Reading.Valid) reading).command();
    }

    private static Message valid(Reading reading) {
        return command(reading).message();
    }

    private static Reading.Invalid invalid(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Invalid.class);
        return (Reading.Invalid) reading;
    }

    private static String undecodable(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Undecodable.class);
        return ((Reading.Undecodable) reading).reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1e308", "\"true\"", "\"x\"", "[]", "{}"})
    void what_is_neither_true_nor_false_is_refused_with_its_field(String undo) {
        CommandType retry = CommandCatalogue.standard().onTopic("ORDER/RETRY").orElseThrow();
        byte[] json =
                "{\"step\": \"TAKE_ITEMS\", \"undo\": %s}"
                        .formatted(undo)
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(retry.read(json, new DoorFields(Map.of("id", "x"), Map.of())))
                .isEqualTo(new Reading.Undecodable("undo must be true or false", "undo"));
        assertThat(retry.read(json, ""))
                .isInstanceOfSatisfying(
                        Reading.Undecodable.class,
                        refused -> {
                            assertThat(refused.field()).isEqualTo("undo");
                            assertThat(refused.reason()).endsWith("undo must be true or false");
                        });
    }
}
