package io.waybill.writer.contact;

import io.waybill.writer.contact.Contact.Absent;
import io.waybill.writer.contact.Contact.Deleted;
import io.waybill.writer.contact.Contact.Present;
import io.waybill.writer.contact.ContactCommand.Add;
import io.waybill.writer.contact.ContactCommand.Delete;
import io.waybill.writer.contact.ContactCommand.Update;
import io.waybill.writer.contact.ContactDecision.Accepted;
import io.waybill.writer.contact.ContactDecision.NotFound;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Decides contact commands. Pure: same command and state, same decision. */
public final class ContactDecider {

    private ContactDecider() {}

    /** A contact before its first event. */
    public static Contact initial() {
        return new Absent();
    }

    /** What comes of a command, given what the contact is now. */
    public static ContactDecision decide(ContactCommand command, Contact contact) {
        return switch (command) {
            case Add add -> add(add, contact);
            case Update update ->
                    switch (contact) {
                        case Present present -> accept(updated(update, present));
                        case Absent absent -> new NotFound(update.id());
                        case Deleted deleted -> new NotFound(update.id());
                    };
            case Delete delete ->
                    switch (contact) {
                        case Present present ->
                                accept(
                                        new ContactEvent.Deleted(
                                                delete.id(), advance(present, delete.at())));
                        case Absent absent -> new NotFound(delete.id());
                        case Deleted deleted -> new NotFound(delete.id());
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
                            added.at(),
                            added.at());
            case ContactEvent.Updated updated ->
                    switch (contact) {
                        case Present before ->
                                new Present(
                                        before.id(),
                                        updated.name().of(before.name()),
                                        updated.email().of(before.email()),
                                        updated.phone().of(before.phone()),
                                        before.created(),
                                        updated.at());
                        case Absent absent -> throw outOfPlace(event, contact);
                        case Deleted deleted -> throw outOfPlace(event, contact);
                    };
            case ContactEvent.Deleted deleted -> new Deleted(deleted.id(), deleted.at());
        };
    }

    /**
     * An add's id follows from its identity: one that is there already is this very add, repeated.
     */
    private static ContactDecision add(Add add, Contact contact) {
        return switch (contact) {
            case Absent absent ->
                    accept(
                            new ContactEvent.Added(
                                    add.id(),
                                    add.name(),
                                    add.email(),
                                    add.phone(),
                                    add.at().truncatedTo(ChronoUnit.MICROS)));
            case Present present -> new Accepted(List.of());
            case Deleted deleted -> new Accepted(List.of());
        };
    }

    private static ContactEvent updated(Update update, Present present) {
        return new ContactEvent.Updated(
                update.id(),
                update.name(),
                update.email(),
                update.phone(),
                advance(present, update.at()));
    }

    /**
     * The time of the next change: now, but later than the last one even if the clock stepped back.
     */
    private static Instant advance(Present present, Instant now) {
        Instant earliest = present.lastUpdated().plus(1, ChronoUnit.MICROS);
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return at.isBefore(earliest) ? earliest : at;
    }

    private static ContactDecision accept(ContactEvent event) {
        return new Accepted(List.of(event));
    }

    private static IllegalStateException outOfPlace(ContactEvent event, Contact contact) {
        return new IllegalStateException(
                "the event %s of contact %s follows on %s"
                        .formatted(
                                event.getClass().getSimpleName(),
                                event.id(),
                                contact.getClass().getSimpleName()));
    }
}
