package io.waybill.reader.contact;

import io.waybill.catalogue.Ids;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.query.v1.ContactQueriesGrpc;
import io.waybill.proto.query.v1.GetContactsRequest;
import io.waybill.proto.query.v1.GetContactsResponse;
import io.waybill.proto.query.v1.ListContactsRequest;
import io.waybill.proto.query.v1.ListContactsResponse;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Shown;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The contacts, as clients may read them. What is no id is the id of no contact. Safe for use by
 * many threads; futures complete as {@link Database} says.
 */
public final class Contacts {

    /** The most contacts that one call brings. */
    public static final int MOST = 1_000;

    private static final List<String> NOBODY = List.of("00000000-0000-0000-0000-000000000000");

    private final Database database;

    /** Reads from a database. */
    public Contacts(Database database) {
        this.database = database;
    }

    /**
     * Contacts of a page.
     *
     * @param more whether there are contacts after them
     */
    public record Page(List<ContactView> contacts, boolean more) {}

    /** The contact with an id; fails with NOT_FOUND when there is none. */
    public CompletableFuture<ContactView> get(String id, ReadTerms terms) {
        return get(List.of(id), terms)
                .thenApply(found -> found.stream().findFirst().orElseThrow(() -> notFound(id)));
    }

    /**
     * The contacts that exist, in the order of their ids as given. Waits as the terms say even when
     * none of the ids is one.
     */
    public CompletableFuture<List<ContactView>> get(List<String> ids, ReadTerms terms) {
        List<String> known = ids.stream().map(Ids::uuid).flatMap(Optional::stream).toList();
        if (known.isEmpty() && terms.freshness().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        // Who waits for a command hears of it, whatever else is asked.
        GetContactsRequest.Builder query =
                GetContactsRequest.newBuilder().addAllIds(known.isEmpty() ? NOBODY : known);
        terms.freshness().ifPresent(query::setFreshness);
        return database.ask(ContactQueriesGrpc.getGetContactsMethod(), query.build(), terms)
                .thenApply(GetContactsResponse::getContactsList);
    }

    /**
     * Contacts in the order they were added.
     *
     * @param size how many, 1 to {@link #MOST}
     * @param afterPosition only those added after this position; 0 for the beginning
     */
    public CompletableFuture<Page> page(int size, long afterPosition, ReadTerms terms) {
        ListContactsRequest.Builder query =
                ListContactsRequest.newBuilder()
                        .setLimit(size + 1)
                        .setAfterCreatedPosition(afterPosition);
        terms.freshness().ifPresent(query::setFreshness);
        return database.ask(ContactQueriesGrpc.getListContactsMethod(), query.build(), terms)
                .thenApply(ListContactsResponse::getContactsList)
                .thenApply(
                        found ->
                                found.size() > size
                                        ? new Page(found.subList(0, size), true)
                                        : new Page(found, false));
    }

    private static WaybillException notFound(String id) {
        return new WaybillException(
                ErrorCode.NOT_FOUND, "contact with id %s not found".formatted(Shown.id(id)));
    }
}
