package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;

import io.waybill.proto.contact.v1.AuthorizeCustomer;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.DisableContact;
import io.waybill.proto.contact.v1.EnableContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.shopping.v1.InitiateShopping;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.writer.contact.Contact;
import io.waybill.writer.contact.ContactCommand;
import io.waybill.writer.contact.ContactEvent;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.domain.Change.Keep;
import io.waybill.writer.domain.Change.To;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class ContactCodecTest {

    private static final Instant AT = Asking.AT;
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    static Stream<ContactEvent> events() {
        return Stream.of(
                new ContactEvent.Added(ID, "Ada", "ada@example.org", "", AT),
                new ContactEvent.Updated(ID, new To<>("Ada"), new Keep<>(), new To<>(""), AT),
                new ContactEvent.Updated(ID, new Keep<>(), new To<>("a@b.org"), new Keep<>(), AT),
                new ContactEvent.Deleted(ID, AT),
                new ContactEvent.Enabled(ID, AT),
                new ContactEvent.Disabled(ID, AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_back_as_it_was_written(ContactEvent event) {
        RecordedEvent stored = StoredEvents.recorded(ContactEvents.write(event));

        assertThat(ContactEvents.STORED.read(stored)).isEqualTo(event);
    }

    @Test
    void an_update_keeps_apart_what_is_absent_and_what_is_empty() {
        Message update = UpdateContact.newBuilder().setId(ID).setEmail("").build();

        assertThat(ContactCodec.read(Asking.asked(update, ID)))
                .isEqualTo(
                        new ContactCommand.Update(
                                ID, new Keep<>(), new To<>(""), new Keep<>(), AT));
    }

    @Test
    void the_other_commands_name_the_contact_alone() {
        assertThat(read(DeleteContact.newBuilder().setId(ID).build()))
                .isEqualTo(new ContactCommand.Delete(ID, AT));
        assertThat(read(EnableContact.newBuilder().setId(ID).build()))
                .isEqualTo(new ContactCommand.Enable(ID, AT));
        assertThat(read(DisableContact.newBuilder().setId(ID).build()))
                .isEqualTo(new ContactCommand.Disable(ID, AT));
        assertThat(read(AuthorizeCustomer.newBuilder().setId(ID).build()))
                .isEqualTo(new ContactCommand.Authorize(ID, AT));
    }

    @Test
    void a_customer_who_may_order_is_answered_without_an_event() {
        Contact ada = new Contact.Present(ID, "Ada", "", "", true, AT, AT);
        Message authorize = AuthorizeCustomer.newBuilder().setId(ID).build();

        assertThat(new ContactCodec().decide(Asking.asked(authorize, ID), ada))
                .isEqualTo(new Decision.Accepted(List.of()));
    }

    @Test
    void a_refusal_has_the_code_and_the_field_that_clients_see() {
        Message enable = EnableContact.newBuilder().setId(ID).build();

        assertThat(new ContactCodec().decide(Asking.asked(enable, ID), new Contact.Absent()))
                .isEqualTo(
                        new Decision.Refused(
                                ErrorCode.NOT_FOUND, "contact with id " + ID + " not found", "id"));
    }

    @Test
    void an_unknown_event_is_a_fault_that_names_it() {
        RecordedEvent unknown = RecordedEvent.newBuilder().setType("waybill.Other").build();

        assertThatThrownBy(() -> ContactEvents.STORED.read(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'waybill.Other' is not an event of a contact");
    }

    @Test
    void another_aggregates_command_is_a_fault_that_names_it() {
        Message initiate = InitiateShopping.newBuilder().setOrderId(ID).build();

        assertThatThrownBy(() -> read(initiate))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("SAGA/SHOPPING/INITIATE is not a contact's command");
    }

    private static ContactCommand read(Message message) {
        return ContactCodec.read(Asking.asked(message, ID));
    }
}
