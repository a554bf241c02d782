package io.waybill.writer.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.writer.contact.Change.Keep;
import io.waybill.writer.contact.Change.To;
import io.waybill.writer.contact.ContactCommand.Add;
import io.waybill.writer.contact.ContactCommand.Delete;
import io.waybill.writer.contact.ContactCommand.Update;
import io.waybill.writer.contact.ContactDecision.Accepted;
import io.waybill.writer.contact.ContactDecision.NotFound;
import io.waybill.writer.contact.ContactEvent.Added;
import io.waybill.writer.contact.ContactEvent.Deleted;
import io.waybill.writer.contact.ContactEvent.Updated;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class ContactDeciderTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

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
                .when(new Update("1", new To("Ada King"), new Keep(), new Keep(), TEN))
                .then(new Updated("1", new To("Ada King"), new Keep(), new Keep(), TEN));
    }

    @Test
    void an_update_leaves_the_rest_and_clears_what_is_empty() {
        Contact contact =
                fold(ADA, new Updated("1", new Keep(), new To(""), new To("+49 30 1"), TEN));

        assertThat(contact).isEqualTo(new Contact.Present("1", "Ada", "", "+49 30 1", NINE, TEN));
    }

    @Test
    void the_last_change_advances_even_when_the_clock_steps_back() {
        given(ADA)
                .when(
                        new Update(
                                "1",
                                new To("Ada King"),
                                new Keep(),
                                new Keep(),
                                NINE.minusSeconds(60)))
                .then(
                        new Updated(
                                "1",
                                new To("Ada King"),
                                new Keep(),
                                new Keep(),
                                NINE.plusNanos(1_000)));
    }

    @Test
    void a_delete_advances_too() {
        given(ADA).when(new Delete("1", NINE)).then(new Deleted("1", NINE.plusNanos(1_000)));
    }

    @Test
    void a_contact_that_nobody_added_is_not_found() {
        given().when(new Update("7", new To("x"), new Keep(), new Keep(), TEN)).thenNotFound("7");
        given().when(new Delete("7", TEN)).thenNotFound("7");
    }

    @Test
    void a_deleted_contact_is_not_found() {
        Deleted deleted = new Deleted("1", TEN);
        given(ADA, deleted)
                .when(new Update("1", new To("x"), new Keep(), new Keep(), TEN))
                .thenNotFound("1");
        given(ADA, deleted).when(new Delete("1", TEN)).thenNotFound("1");
    }

    @Test
    void the_refusal_names_the_contact() {
        assertThat(new NotFound("7").sentence()).isEqualTo("contact with id 7 not found");
    }

    @Test
    void an_update_that_follows_on_nothing_cannot_be_folded() {
        assertThatThrownBy(() -> fold(new Updated("1", new To("x"), new Keep(), new Keep(), TEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Updated of contact 1 follows on Absent");
    }

    private static Contact fold(ContactEvent... events) {
        Contact contact = ContactDecider.initial();
        for (ContactEvent event : events) {
            contact = ContactDecider.evolve(contact, event);
        }
        return contact;
    }

    private static Given given(ContactEvent... events) {
        return new Given(fold(events));
    }

    private record Given(Contact contact) {
        Then when(ContactCommand command) {
            return new Then(ContactDecider.decide(command, contact));
        }
    }

    private record Then(ContactDecision decision) {
        void then(ContactEvent... events) {
            assertThat(decision).isEqualTo(new Accepted(List.of(events)));
        }

        void thenNotFound(String id) {
            assertThat(decision).isEqualTo(new NotFound(id));
        }
    }
}
