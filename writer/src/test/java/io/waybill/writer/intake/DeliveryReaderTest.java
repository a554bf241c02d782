package io.waybill.writer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.writer.poison.CommandNotes;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class DeliveryReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T09:00:00Z");
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String CONTACT = "0190a6e2-0000-7d3a-8f5e-2d1c0b9a8f7e";

    private final DeliveryReader reader =
            new DeliveryReader(CommandCatalogue.standard(), CommandNotes.none(), new Random(1));

    @Test
    void a_stamped_command_has_the_identity_of_its_stamp() {
        PendingCommand command =
                read(stamped("ada", Optional.empty()), "CONTACT/ADD", "{\"name\":\"Ada\"}");

        assertThat(command.identity().getPrincipal()).isEqualTo("ada");
        assertThat(command.identity().getCommandId()).isEqualTo(ID);
        assertThat(command.stream()).isEqualTo("contact/" + Ids.aggregateId("contact", "ada", ID));
        assertThat(command.delivery().door()).isEqualTo("GRAPHQL");
    }

    @Test
    void without_a_stamp_it_is_anonymous_and_accepted_at_arrival() {
        PendingCommand command = read(Optional.empty(), "CONTACT/ADD", "{\"name\":\"Ada\"}");

        assertThat(command.identity().getPrincipal()).isEqualTo("anonymous");
        assertThat(command.delivery().acceptedAt()).isEqualTo(NOW);
        assertThat(command.delivery().door()).isEqualTo("MQTT");
        assertThat(Ids.uuid(command.identity().getCommandId())).isPresent();
    }

    @Test
    void without_a_stamp_a_correlation_that_is_a_uuid_identifies_it() {
        byte[] correlation = ID.getBytes(UTF_8);
        PendingCommand first = read(Optional.of(correlation), "CONTACT/ADD", "{\"name\":\"Ada\"}");
        PendingCommand again = read(Optional.of(correlation), "CONTACT/ADD", "{\"name\":\"Ada\"}");
        PendingCommand other =
                read(Optional.of(correlation), "CONTACT/DELETE", "{\"id\":\"" + CONTACT + "\"}");

        assertThat(first.identity()).isEqualTo(again.identity()).isNotEqualTo(other.identity());
        assertThat(first.delivery().correlation()).contains(correlation);
    }

    @Test
    void an_invalid_command_belongs_to_the_stream_that_it_names() {
        PendingCommand command =
                read(
                        stamped("ada", Optional.empty()),
                        "CONTACT/UPDATE",
                        "{\"id\":\"" + CONTACT + "\",\"name\":\"\"}");

        assertThat(command.stream()).isEqualTo("contact/" + CONTACT);
        assertThat(command.content())
                .isInstanceOfSatisfying(
                        Content.Invalid.class,
                        invalid -> {
                            assertThat(invalid.field()).isEqualTo("name");
                            assertThat(invalid.sentence()).startsWith("name ");
                        });
    }

    @Test
    void an_order_whose_total_cannot_be_kept_is_refused_with_the_code_that_all_doors_give() {
        String item = "{\"code\":\"%d\",\"unit_price\":999999999999999,\"quantity\":999}";
        PendingCommand command =
                read(
                        stamped("ada", Optional.empty()),
                        "ORDER/CREATE",
                        "{\"customer_id\":\"%s\",\"restaurant_id\":\"%s\",\"currency\":\"EUR\",\"order_items\":[%s]}"
                                .formatted(CONTACT, CONTACT, item.formatted(1)));

        assertThat(command.content())
                .isEqualTo(
                        new Content.Invalid(
                                ErrorCode.AMOUNT_TOO_LARGE,
                                "order_items[0].unit_price",
                                "order_items[0].unit_price makes the total larger than can be kept exactly"));
    }

    @Test
    void one_that_names_none_belongs_to_a_stream_of_its_own() {
        String own = "command/" + ID;
        Optional<byte[]> stamp = stamped("ada", Optional.empty());

        assertThat(read(stamp, "CONTACT/ADD", "{\"name\":\"\"}").stream()).isEqualTo(own);
        assertThat(read(stamp, "CONTACT/DELETE", "{\"id\":\"7\"}").stream()).isEqualTo(own);
        assertThat(read(stamp, "CONTACT/ADD", "{garbage").stream()).isEqualTo(own);
        assertThat(read(stamp, "CONTACT/OTHER", "{}").stream()).isEqualTo(own);
    }

    @Test
    void what_the_broker_found_undecodable_is_not_decoded_again() {
        PendingCommand command =
                read(
                        stamped("ada", Optional.of(new Stamp.Undecodable("too large", 1_000_000))),
                        "CONTACT/ADD",
                        "{\"name\":\"Ada\"}");

        assertThat(command.content()).isEqualTo(new Content.Undecodable("too large"));
        assertThat(command.delivery().payloadBytes()).isEqualTo(1_000_000);
    }

    @Test
    void a_gateway_need_not_say_that_it_sends_protobuf() {
        Stamp stamp =
                new Stamp(
                        "ada",
                        ID,
                        Door.DOOR_GRAPHQL,
                        NOW,
                        Optional.of(new Stamp.Sending("g", 1, Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        byte[] payload = AddContact.newBuilder().setName("Ada").build().toByteArray();
        PendingCommand command =
                reader.read(delivery("CONTACT/ADD", payload, Optional.of(stamp.toBytes())));

        assertThat(command.content()).isInstanceOf(Content.Valid.class);
        assertThat(command.creates()).isTrue();
    }

    @Test
    void the_third_failure_of_its_own_makes_a_command_poison() {
        PendingCommand command = read(Optional.empty(), "CONTACT/ADD", "{\"name\":\"Ada\"}");

        assertThat(command.failed("one")).isTrue();
        assertThat(command.failed("two")).isTrue();
        assertThat(command.poison()).isEmpty();
        assertThat(command.failed("three")).isFalse();
        assertThat(command.poison()).contains("three");
    }

    private PendingCommand read(Optional<byte[]> correlation, String topic, String json) {
        return reader.read(delivery(topic, json.getBytes(UTF_8), correlation));
    }

    private static Delivery delivery(String topic, byte[] payload, Optional<byte[]> correlation) {
        InboundMessage message =
                new InboundMessage(
                        topic,
                        payload,
                        Optional.empty(),
                        Optional.empty(),
                        correlation,
                        List.of(),
                        () -> {});
        return Delivery.of(message, NOW, 0, new Delay(Duration.ZERO), 0);
    }

    private static Optional<byte[]> stamped(
            String principal, Optional<Stamp.Undecodable> undecodable) {
        return Optional.of(
                new Stamp(
                                principal,
                                ID,
                                Door.DOOR_GRAPHQL,
                                NOW,
                                Optional.empty(),
                                Optional.empty(),
                                undecodable,
                                Optional.empty())
                        .toBytes());
    }
}
