package io.waybill.writer.codec;

import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.AuthorizeCustomer;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.DisableContact;
import io.waybill.proto.contact.v1.EnableContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.writer.contact.Contact;
import io.waybill.writer.contact.ContactCommand;
import io.waybill.writer.contact.ContactDecider;
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.domain.Change;

import java.time.Instant;

/** Contacts for the pipeline: the domain's decisions, read from and written as protobuf. */
public final class ContactCodec implements AggregateType<Contact> {

    @Override
    public String name() {
        return "contact";
    }

    @Override
    public Contact initial() {
        return ContactDecider.initial();
    }

    @Override
    public Contact evolve(Contact state, RecordedEvent event) {
        return ContactDecider.evolve(state, ContactEvents.STORED.read(event));
    }

    @Override
    public Decision decide(Asked asked, Contact state) {
        return StoredDecision.of(ContactDecider.decide(read(asked), state), ContactEvents::write);
    }

    static ContactCommand read(Asked asked) {
        String id = asked.id();
        Instant at = asked.at();
        return switch (asked.command().message()) {
            case AddContact add ->
                    new ContactCommand.Add(id, add.getName(), add.getEmail(), add.getPhone(), at);
            case UpdateContact update ->
                    new ContactCommand.Update(
                            id,
                            Change.given(update.hasName(), update::getName),
                            Change.given(update.hasEmail(), update::getEmail),
                            Change.given(update.hasPhone(), update::getPhone),
                            at);
            case DeleteContact _ -> new ContactCommand.Delete(id, at);
            case EnableContact _ -> new ContactCommand.Enable(id, at);
            case DisableContact _ -> new ContactCommand.Disable(id, at);
            case AuthorizeCustomer _ -> new ContactCommand.Authorize(id, at);
            default ->
                    throw new IllegalStateException(
                            asked.command().type().topic() + " is not a contact's command");
        };
    }
}
