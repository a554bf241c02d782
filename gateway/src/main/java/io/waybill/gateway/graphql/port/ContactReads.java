package io.waybill.gateway.graphql.port;

import io.waybill.gateway.reading.Freshness;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.wire.identity.Principal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Contacts, read on behalf of a principal. Safe for use by many threads. */
public interface ContactReads {

    /** Those of 1 to 1,000 contacts that exist. */
    CompletableFuture<List<ContactView>> byIds(
            Principal principal, List<String> ids, Freshness freshness);

    /**
     * A page of contacts, oldest first.
     *
     * @param first how many, 1 to 1,000
     * @param after the cursor to go on after; empty for the beginning
     */
    CompletableFuture<ListContactsResponse> page(
            Principal principal, int first, String after, Freshness freshness);
}
