package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.graphql.port.ContactReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.proto.contact.v1.ContactView;

import org.dataloader.DataLoader;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What can be read of contacts. */
final class ContactFields {

    private final ContactReads contacts;

    ContactFields(ContactReads contacts) {
        this.contacts = contacts;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                TypeRuntimeWiring.newTypeWiring("Query")
                        .dataFetcher("contact", this::contact)
                        .dataFetcher("getContact", this::contact)
                        .dataFetcher("listContacts", this::listContacts)
                        .dataFetcher("contacts", this::contacts));
        ContactPage.wire(wiring);
    }

    private CompletableFuture<?> contact(DataFetchingEnvironment environment) {
        Optional<String> id = Ids.uuid(Arguments.text(environment, "id"));
        Freshness freshness = Arguments.freshness(environment);
        if (id.isEmpty() && freshness instanceof Freshness.AsItStands) {
            return CompletableFuture.completedFuture(null);
        }
        DataLoader<ContactKey, ContactView> loader = environment.getDataLoader(ContactBatches.NAME);
        if (loader == null) {
            throw new IllegalStateException("a single read without its loader");
        }
        // What is no id is nobody's; who waits for a command hears of that first all the same.
        return loader.load(new ContactKey(id.orElse(""), freshness));
    }

    private CompletableFuture<List<ContactView>> listContacts(DataFetchingEnvironment environment) {
        return page(environment, Arguments.rows(environment, "count"), "")
                .thenApply(ContactPage::nodes);
    }

    private CompletableFuture<ContactPage> contacts(DataFetchingEnvironment environment) {
        return page(
                environment, Arguments.rows(environment, "first"), Arguments.cursor(environment));
    }

    private CompletableFuture<ContactPage> page(
            DataFetchingEnvironment environment, int first, String after) {
        return contacts.page(
                        Asker.of(environment).principal(),
                        first,
                        after,
                        Arguments.freshness(environment))
                .thenApply(answer -> new ContactPage(answer, !after.isEmpty()));
    }
}
