package io.waybill.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

class IdsTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    @Test
    void a_new_id_is_of_version_7_and_sorts_by_its_millisecond() {
        String early = Ids.newId(1_700_000_000_000L);
        String late = Ids.newId(1_700_000_000_001L);

        assertThat(UUID.fromString(early).version()).isEqualTo(7);
        assertThat(UUID.fromString(early).variant()).isEqualTo(2);
        assertThat(early).isLessThan(late);
        assertThat(UUID.fromString(early).getMostSignificantBits() >>> 16)
                .isEqualTo(1_700_000_000_000L);
    }

    @Test
    void new_ids_differ() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(Ids.newId(0));
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void a_key_gives_one_command_for_one_principal_verb_and_target() {
        Command ada = add("Ada");

        assertThat(Ids.commandId("anonymous", "k", ada))
                .isEqualTo(Ids.commandId("anonymous", "k", add("Bob")))
                .isNotEqualTo(Ids.commandId("ada", "k", ada))
                .isNotEqualTo(Ids.commandId("anonymous", "l", ada))
                .isNotEqualTo(Ids.commandId("anonymous", "k", delete(ID)));
        assertThat(Ids.commandId("anonymous", "k", delete(ID)))
                .isNotEqualTo(Ids.commandId("anonymous", "k", delete(Ids.newId(0))));
        assertThat(UUID.fromString(Ids.commandId("anonymous", "k", ada)).version()).isEqualTo(5);
    }

    @Test
    void names_are_not_run_together() {
        assertThat(Ids.commandId("ab", "c", "CONTACT/ADD", Optional.empty()))
                .isNotEqualTo(Ids.commandId("a", "bc", "CONTACT/ADD", Optional.empty()));
    }

    @Test
    void an_add_without_a_readable_payload_has_the_id_of_one_with() {
        assertThat(Ids.commandId("anonymous", "k", "CONTACT/ADD", Optional.empty()))
                .isEqualTo(Ids.commandId("anonymous", "k", add("Ada")));
    }

    @Test
    void a_new_aggregates_id_follows_from_the_commands_identity() {
        Command add = add("Ada");

        assertThat(add.target()).isEmpty();
        assertThat(add.aggregateId("anonymous", ID))
                .isEqualTo(add("Bob").aggregateId("anonymous", ID))
                .isNotEqualTo(add.aggregateId("ada", ID))
                .isNotEqualTo(ID);
        assertThat(add.stream("anonymous", ID))
                .isEqualTo("contact/" + add.aggregateId("anonymous", ID));
    }

    @Test
    void other_commands_name_their_aggregate() {
        Command delete = delete(ID);

        assertThat(delete.target()).contains(ID);
        assertThat(delete.aggregateId("anonymous", Ids.newId(0))).isEqualTo(ID);
        assertThat(delete.stream("anonymous", Ids.newId(0))).isEqualTo("contact/" + ID);
    }

    @Test
    void ids_of_stored_commands_never_change() {
        assertThat(Ids.commandId("anonymous", "key-1", add("Ada")))
                .isEqualTo("99d59aa4-28b4-5400-8cb8-33c163135c3c");
        assertThat(Ids.aggregateId("contact", "anonymous", ID))
                .isEqualTo("904a9310-3413-5a12-abc6-2700d641b9cb");
        assertThat(Ids.sagaCommand(ID, "DEBIT_PAYMENT", false, 1))
                .isEqualTo("9b40a3d2-2657-562a-8029-793d4c2cd668");
    }

    @Test
    void a_saga_s_command_follows_from_order_step_direction_and_attempt() {
        assertThat(
                        Stream.of(
                                        Ids.sagaCommand(ID, "DEBIT_PAYMENT", false, 1),
                                        Ids.sagaCommand(ID, "DEBIT_PAYMENT", true, 1),
                                        Ids.sagaCommand(ID, "DEBIT_PAYMENT", true, 2),
                                        Ids.sagaCommand(ID, "RESERVE_ITEMS", false, 1),
                                        Ids.sagaCommand("another", "DEBIT_PAYMENT", false, 1))
                                .distinct())
                .hasSize(5);
        assertThat(Ids.sagaCommand(ID, "DEBIT_PAYMENT", true, 2))
                .isEqualTo(Ids.sagaCommand(ID, "DEBIT_PAYMENT", true, 2));
    }

    @Test
    void a_uuid_is_36_characters_or_16_bytes() {
        UUID uuid = UUID.fromString(ID);
        byte[] bytes =
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();

        assertThat(Ids.uuid(ID)).contains(ID);
        assertThat(Ids.uuid(ID.toUpperCase(java.util.Locale.ROOT))).contains(ID);
        assertThat(Ids.uuid(bytes)).contains(ID);
        assertThat(Ids.uuid(ID.getBytes(StandardCharsets.UTF_8))).contains(ID);
        assertThat(Ids.uuid("")).isEmpty();
        assertThat(Ids.uuid(ID.substring(1))).isEmpty();
        assertThat(Ids.uuid("{" + ID + "}")).isEmpty();
        assertThat(Ids.uuid(ID.replace('-', '_'))).isEmpty();
        assertThat(Ids.uuid(new byte[15])).isEmpty();
        assertThat(Ids.uuid(new byte[36])).isEmpty();
        assertThat(Ids.uuid("order-0000000001".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static Command add(String name) {
        return command("CONTACT/ADD", AddContact.newBuilder().setName(name).build());
    }

    private static Command delete(String id) {
        return command("CONTACT/DELETE", DeleteContact.newBuilder().setId(id).build());
    }

    private static Command command(String topic, com.google.protobuf.Message message) {
        CommandType type = CommandCatalogue.standard().onTopic(topic).orElseThrow();
        return ((Reading.Valid) type.read(message)).command();
    }
}
