package io.waybill.writer.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.writer.contact.ContactCommand.Add;
import io.waybill.writer.contact.ContactCommand.Authorize;
import io.waybill.writer.contact.ContactCommand.Delete;
import io.waybill.writer.contact.ContactCommand.Disable;
import io.waybill.writer.contact.ContactCommand.Enable;
import io.waybill.writer.contact.ContactCommand.Update;
import io.waybill.writer.contact.ContactEvent.Added;
import io.waybill.writer.contact.ContactEvent.Deleted;
import io.waybill.writer.contact.ContactEvent.Disabled;
import io.waybill.writer.contact.ContactEvent.Enabled;
import io.waybill.writer.contact.ContactEvent.Updated;
import io.waybill.writer.domain.Change.Keep;
import io.waybill.writer.domain.Change.To;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.domain.Scenario;
import io.waybill.writer.domain.Scenario.Given;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class ContactDeciderTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

    private static final Scenario<ContactCommand, Contact, ContactEvent> CONTACTS =
            new Scenario<>(
                    ContactDecider.initial(), ContactDecider::evolve, ContactDecider::decide);
    private static final Added ADA = new Added("1", "Ada", "ada@example.org", "", NINE);

    @Test
    void an_added_contact_is_there() {
        given().when(new Add("1", "Ada", "ada@example.org", "", NINE)).then(ADA);
    }

    @Test
    void adding_it_again_changes_nothing() {
        given(ADA).when(new Add("1", "Ada", "ada@example.org", "", TEN)).then();
    }

    @Test
    void adding_it_again_after_it_was_deleted_changes_nothing() {
        given(ADA, new Deleted("1", TEN)).when(new Add("1", "Ada", "", "", TEN)).then();
    }

    @Test
    void an_update_changes_what_is_given() {
        given(ADA)
                .when(new Update("1", new To<>("Ada King"), new Keep<>(), new Keep<>(), TEN))
                .then(new Updated("1", new To<>("Ada King"), new Keep<>(), new Keep<>(), TEN));
    }

    @Test
    void an_update_leaves_the_rest_and_clears_what_is_empty() {
        Contact contact =
                fold(ADA, new Updated("1", new Keep<>(), new To<>(""), new To<>("+49 30 1"), TEN));

        assertThat(contact)
                .isEqualTo(new Contact.Present("1", "Ada", "", "+49 30 1", true, NINE, TEN));
    }

    @Test
    void the_last_change_advances_even_when_the_clock_steps_back() {
        given(ADA)
                .when(
                        new Update(
                                "1",
                                new To<>("Ada King"),
                                new Keep<>(),
                                new Keep<>(),
                                NINE.minusSeconds(60)))
                .then(
                        new Updated(
                                "1",
                                new To<>("Ada King"),
                                new Keep<>(),
                                new Keep<>(),
                                NINE.plusNanos(1_000)));
    }

    @Test
    void a_delete_advances_too() {
        given(ADA).when(new Delete("1", NINE)).then(new Deleted("1", NINE.plusNanos(1_000)));
    }

    @Test
    void a_contact_that_nobody_added_is_not_found() {
        notFound(
                "7", given().when(new Update("7", new To<>("x"), new Keep<>(), new Keep<>(), TEN)));
        notFound("7", given().when(new Delete("7", TEN)));
    }

    @Test
    void a_deleted_contact_is_not_found() {
        Deleted deleted = new Deleted("1", TEN);
        notFound(
                "1",
                given(ADA, deleted)
                        .when(new Update("1", new To<>("x"), new Keep<>(), new Keep<>(), TEN)));
        notFound("1", given(ADA, deleted).when(new Delete("1", TEN)));
    }

    @Test
    void an_update_that_follows_on_nothing_cannot_be_folded() {
        assertThatThrownBy(
                        () ->
                                fold(
                                        new Updated(
                                                "1",
                                                new To<>("x"),
                                                new Keep<>(),
                                                new Keep<>(),
                                                TEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Updated of contact 1 follows on Absent");
    }

    @Test
    void a_contact_may_order_until_it_is_disabled_and_again_when_it_is_enabled() {
        Disabled disabled = new Disabled("1", TEN);
        Enabled enabled = new Enabled("1", TEN.plusSeconds(1));
        given(ADA).when(new Authorize("1", TEN)).thenNothing();
        given(ADA).when(new Disable("1", TEN)).then(disabled);
        given(ADA, disabled)
                .when(new Authorize("1", TEN))
                .thenRefused(
                        RefusalCode.CUSTOMER_DISABLED, "customer_id", "customer 1 is disabled");
        given(ADA, disabled).when(new Enable("1", TEN.plusSeconds(1))).then(enabled);
        given(ADA, disabled, enabled).when(new Authorize("1", TEN)).thenNothing();
    }

    @Test
    void what_is_enabled_or_disabled_already_stays_so_without_a_change() {
        given(ADA).when(new Enable("1", TEN)).thenNothing();
        given(ADA, new Disabled("1", TEN)).when(new Disable("1", TEN)).thenNothing();
    }

    @Test
    void disabling_and_enabling_advance_the_last_change() {
        given(ADA).when(new Disable("1", NINE)).then(new Disabled("1", NINE.plusNanos(1_000)));
        Contact contact = fold(ADA, new Disabled("1", TEN));
        assertThat(contact)
                .isEqualTo(
                        new Contact.Present("1", "Ada", "ada@example.org", "", false, NINE, TEN));
    }

    @Test
    void an_update_leaves_a_disabled_contact_disabled() {
        Contact contact =
                fold(
                        ADA,
                        new Disabled("1", TEN),
                        new Updated("1", new To<>("x"), new Keep<>(), new Keep<>(), TEN));

        assertThat(((Contact.Present) contact).enabled()).isFalse();
    }

    @Test
    void an_unknown_or_deleted_customer_may_not_order() {
        given().when(new Authorize("7", TEN))
                .thenRefused(
                        RefusalCode.UNKNOWN_CUSTOMER, "customer_id", "customer 7 is not known");
        given(ADA, new Deleted("1", TEN))
                .when(new Authorize("1", TEN))
                .thenRefused(
                        RefusalCode.UNKNOWN_CUSTOMER, "customer_id", "customer 1 is not known");
    }

    @Test
    void an_unknown_or_deleted_contact_cannot_be_enabled_or_disabled() {
        notFound("7", given().when(new Enable("7", TEN)));
        notFound("7", given().when(new Disable("7", TEN)));
        notFound("1", given(ADA, new Deleted("1", TEN)).when(new Enable("1", TEN)));
        notFound("1", given(ADA, new Deleted("1", TEN)).when(new Disable("1", TEN)));
    }

    private static Contact fold(ContactEvent... events) {
        return CONTACTS.fold(List.of(events));
    }

    private static Given<ContactCommand, Contact, ContactEvent> given(ContactEvent... events) {
        return CONTACTS.given(events);
    }

    private static void notFound(String id, Scenario.Then<ContactEvent> then) {
        then.thenRefused(RefusalCode.NOT_FOUND, "id", "contact with id " + id + " not found");
    }
}
