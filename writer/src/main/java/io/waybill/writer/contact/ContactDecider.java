package io.waybill.writer.contact;

import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.nothing;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.CUSTOMER_DISABLED;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_CUSTOMER;

import io.waybill.writer.contact.Contact.Absent;
import io.waybill.writer.contact.Contact.Deleted;
import io.waybill.writer.contact.Contact.Present;
import io.waybill.writer.contact.ContactCommand.Add;
import io.waybill.writer.contact.ContactCommand.Authorize;
import io.waybill.writer.contact.ContactCommand.Delete;
import io.waybill.writer.contact.ContactCommand.Disable;
import io.waybill.writer.contact.ContactCommand.Edit;
import io.waybill.writer.contact.ContactCommand.Enable;
import io.waybill.writer.contact.ContactCommand.Update;
import io.waybill.writer.domain.Decision;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Decides contact commands. Pure: same command and state, same decision. */
public final class ContactDecider {

    private ContactDecider() {}

    /** A contact before its first event. */
    public static Contact initial() {
        return new Absent();
    }

    /** What comes of a command, given what the contact is now. */
    public static Decision<ContactEvent> decide(ContactCommand command, Contact contact) {
        return switch (command) {
            case Add add -> add(add, contact);
            case Authorize authorize -> authorize(authorize, contact);
            case Edit edit ->
                    switch (contact) {
                        case Present present -> edit(edit, present);
                        case Absent _, Deleted _ ->
                                refuseField(
                                        "id", NOT_FOUND, "contact with id %s not found", edit.id());
                    };
        };
    }

    /** The contact after an event. */
    public static Contact evolve(Contact contact, ContactEvent event) {
        return switch (event) {
            case ContactEvent.Added added ->
                    new Present(
                            added.id(),
                            added.name(),
                            added.email(),
                            added.phone(),
                            true,
                            added.at(),
                            added.at());
            case ContactEvent.Updated updated -> {
                Present before = present(contact, event);
                yield new Present(
                        before.id(),
                        updated.name().of(before.name()),
                        updated.email().of(before.email()),
                        updated.phone().of(before.phone()),
                        before.enabled(),
                        before.created(),
                        updated.at());
            }
            case ContactEvent.Enabled _ -> enabled(true, present(contact, event), event.at());
            case ContactEvent.Disabled _ -> enabled(false, present(contact, event), event.at());
            case ContactEvent.Deleted deleted -> new Deleted(deleted.id(), deleted.at());
        };
    }

    /**
     * An add's id follows from its identity: one that is there already is this very add, repeated.
     */
    private static Decision<ContactEvent> add(Add add, Contact contact) {
        return switch (contact) {
            case Absent _ ->
                    accept(
                            new ContactEvent.Added(
                                    add.id(),
                                    add.name(),
                                    add.email(),
                                    add.phone(),
                                    add.at().truncatedTo(ChronoUnit.MICROS)));
            case Present _, Deleted _ -> nothing();
        };
    }

    private static Decision<ContactEvent> authorize(Authorize authorize, Contact contact) {
        return switch (contact) {
            case Present present when present.enabled() -> nothing();
            case Present present ->
                    refuseField(
                            "customer_id",
                            CUSTOMER_DISABLED,
                            "customer %s is disabled",
                            present.id());
            case Absent _, Deleted _ ->
                    refuseField(
                            "customer_id",
                            UNKNOWN_CUSTOMER,
                            "customer %s is not known",
                            authorize.id());
        };
    }

    private static Decision<ContactEvent> edit(Edit edit, Present present) {
        String id = present.id();
        Instant at = advance(present, edit.at());
        return switch (edit) {
            case Update update ->
                    accept(
                            new ContactEvent.Updated(
                                    id, update.name(), update.email(), update.phone(), at));
            case Delete _ -> accept(new ContactEvent.Deleted(id, at));
            case Enable _ ->
                    present.enabled() ? nothing() : accept(new ContactEvent.Enabled(id, at));
            case Disable _ ->
                    present.enabled() ? accept(new ContactEvent.Disabled(id, at)) : nothing();
        };
    }

    /**
     * The time of the next change: now, but later than the last one even if the clock stepped back.
     */
    private static Instant advance(Present present, Instant now) {
        Instant earliest = present.lastUpdated().plus(1, ChronoUnit.MICROS);
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return at.isBefore(earliest) ? earliest : at;
    }

    private static Present enabled(boolean enabled, Present before, Instant at) {
        return new Present(
                before.id(),
                before.name(),
                before.email(),
                before.phone(),
                enabled,
                before.created(),
                at);
    }

    private static Present present(Contact contact, ContactEvent event) {
        return switch (contact) {
            case Present present -> present;
            case Absent _, Deleted _ ->
                    throw new IllegalStateException(
                            "the event %s of contact %s follows on %s"
                                    .formatted(
                                            event.getClass().getSimpleName(),
                                            event.id(),
                                            contact.getClass().getSimpleName()));
        };
    }
}
