package io.waybill.gateway.graphql.port;

import com.google.protobuf.Message;

import io.grpc.MethodDescriptor;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.wire.identity.Principal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the reader on behalf of a principal. Safe for use by many threads. */
public interface ViewReads {

    /**
     * Asks one of the reader's methods.
     *
     * @param request without its {@code read_after}, which the freshness becomes
     */
    <Q extends Message, A extends Message> CompletableFuture<A> ask(
            Principal principal, MethodDescriptor<Q, A> method, Q request, Freshness freshness);

    /** Those of 1 to 1,000 things of a kind that exist. */
    default CompletableFuture<List<Message>> byIds(
            Principal principal, ViewKind kind, List<String> ids, Freshness freshness) {
        return ask(principal, kind.method(), kind.request(ids), freshness)
                .thenApply(ViewKind::views);
    }
}
