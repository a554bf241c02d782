package io.waybill.gateway.graphql.field;

import io.waybill.gateway.graphql.port.ContactReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.wire.identity.Principal;

import org.dataloader.BatchLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings the contacts that one request reads singly: equal reads once, all reads of the same
 * freshness in one call to the reader. One for each request.
 */
final class ContactBatches implements BatchLoader<ContactKey, @Nullable ContactView> {

    static final String NAME = "contacts";

    private final ContactReads contacts;
    private final Principal principal;

    private ContactBatches(ContactReads contacts, Principal principal) {
        this.contacts = contacts;
        this.principal = principal;
    }

    /** What a request needs to read contacts singly. */
    static DataLoaderRegistry registry(ContactReads contacts, Principal principal) {
        return DataLoaderRegistry.newRegistry()
                .register(
                        NAME,
                        DataLoaderFactory.newDataLoader(new ContactBatches(contacts, principal)))
                .build();
    }

    @Override
    public CompletionStage<List<@Nullable ContactView>> load(List<ContactKey> keys) {
        Map<Freshness, List<String>> questions = new LinkedHashMap<>();
        for (ContactKey key : keys) {
            questions
                    .computeIfAbsent(key.freshness(), f -> new java.util.ArrayList<>())
                    .add(key.id());
        }
        Map<ContactKey, ContactView> found = new HashMap<>();
        CompletableFuture<?>[] answers =
                questions.entrySet().stream()
                        .map(question -> ask(question.getValue(), question.getKey(), found))
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(answers)
                .thenApply(
                        all -> {
                            synchronized (found) {
                                return keys.stream().map(found::get).toList();
                            }
                        });
    }

    private CompletableFuture<?> ask(
            List<String> ids, Freshness freshness, Map<ContactKey, ContactView> found) {
        return contacts.byIds(principal, ids, freshness)
                .thenAccept(
                        views -> {
                            synchronized (found) {
                                for (ContactView view : views) {
                                    found.put(new ContactKey(view.getId(), freshness), view);
                                }
                            }
                        });
    }
}
