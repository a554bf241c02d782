package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Reading;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.writer.contact.Change.Keep;
import io.waybill.writer.contact.Change.To;
import io.waybill.writer.contact.ContactCommand;
import io.waybill.writer.contact.ContactEvent;
import io.waybill.writer.decide.AggregateType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ContactCodecTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00.123456Z");
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    static Stream<ContactEvent> events() {
        return Stream.of(
                new ContactEvent.Added(ID, "Ada", "ada@example.org", "", AT),
                new ContactEvent.Updated(ID, new To("Ada"), new Keep(), new To(""), AT),
                new ContactEvent.Updated(ID, new Keep(), new To("a@b.org"), new Keep(), AT),
                new ContactEvent.Deleted(ID, AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_back_as_it_was_written(ContactEvent event) {
        assertThat(ContactCodec.read(ContactCodec.write(event))).isEqualTo(event);
    }

    @Test
    void an_update_keeps_apart_what_is_absent_and_what_is_empty() {
        CommandType type = CommandCatalogue.standard().of(UpdateContact.getDescriptor());
        Command command =
                ((Reading.Valid)
                                type.read(
                                        UpdateContact.newBuilder().setId(ID).setEmail("").build()))
                        .command();

        assertThat(ContactCodec.read(command, ID, AT))
                .isEqualTo(new ContactCommand.Update(ID, new Keep(), new To(""), new Keep(), AT));
    }

    @Test
    void an_unknown_event_is_a_fault_that_names_it() {
        RecordedEvent unknown = RecordedEvent.newBuilder().setType("waybill.Other").build();

        assertThatThrownBy(() -> ContactCodec.read(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'waybill.Other' is not an event of a contact");
    }

    @Test
    void every_aggregate_of_the_catalogue_has_a_codec() {
        List<AggregateType<?>> codecs = List.of(new ContactCodec());

        assertThat(
                        CommandCatalogue.standard().types().stream()
                                .map(CommandType::aggregate)
                                .collect(Collectors.toSet()))
                .isEqualTo(codecs.stream().map(AggregateType::name).collect(Collectors.toSet()));
    }
}
