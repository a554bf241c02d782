package io.waybill.database.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.database.Commits;
import io.waybill.database.projection.Folded;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactDisabled;
import io.waybill.proto.contact.v1.ContactEnabled;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.contact.v1.ContactView;

import org.junit.jupiter.api.Test;

class ContactProjectionTest {

    private final Commits log = new Commits();
    private final Folded<ContactView> contacts = new Folded<>(new ContactProjection());

    private void added(String id, String name, String email) {
        contacts.then(
                log.of(
                        "contact/" + id,
                        ContactAdded.newBuilder()
                                .setId(id)
                                .setName(name)
                                .setEmail(email)
                                .setAt(log.now())
                                .build()));
    }

    @Test
    void a_customer_is_disabled_and_enabled_again() {
        added("a", "Ada", "");
        contacts.then(log.of("contact/a", ContactDisabled.newBuilder().setAt(log.now()).build()));
        assertThat(contacts.row("a").getDisabled()).isTrue();
        assertThat(contacts.row("a").getVersion()).isEqualTo(2);
        assertThat(contacts.row("a").getLastUpdated()).isEqualTo(Commits.at(2));

        contacts.then(log.of("contact/a", ContactEnabled.newBuilder().setAt(log.now()).build()));
        assertThat(contacts.row("a").getDisabled()).isFalse();
    }

    @Test
    void what_happens_to_a_deleted_contact_brings_nothing_back() {
        added("a", "Ada", "");
        contacts.then(log.of("contact/a", ContactDeleted.getDefaultInstance()));
        contacts.then(log.of("contact/a", ContactDisabled.getDefaultInstance()));
        contacts.then(log.of("contact/a", ContactUpdated.newBuilder().setName("x").build()));
        assertThat(contacts.has("a")).isFalse();
    }

    @Test
    void one_without_an_address_is_not_listed_by_it() {
        added("a", "Ada", "");
        added("b", "Bob", "Bob@Example.org");
        assertThat(contacts.listed("email", "a")).isEmpty();
        assertThat(contacts.listed("email", "b")).hasSize(1);
        contacts.then(log.of("contact/b", ContactUpdated.newBuilder().setEmail("").build()));
        assertThat(contacts.listed("email", "b")).isEmpty();
    }
}
