package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.proto.reader.v1.GetHistoryRequest;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryReaderGrpc;
import io.waybill.proto.reader.v1.Page;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What happened to something, event by event. */
final class HistoryFields {

    /** What has ids of its own: an account has its customer's, a shopping list its order's. */
    private static final List<String> WITH_OWN_IDS = List.of("contact", "order", "restaurant");

    /** Most things that happen are short stories. */
    private static final int USUAL = 100;

    private static final String SHOPPING_LIST = "SHOPPING_LIST";

    private final ViewReads views;

    HistoryFields(ViewReads views) {
        this.views = views;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(TypeRuntimeWiring.newTypeWiring("Query").dataFetcher("history", this::history));
    }

    private CompletableFuture<Connection> history(DataFetchingEnvironment environment) {
        GetHistoryRequest request =
                GetHistoryRequest.newBuilder()
                        .setId(Arguments.text(environment, "of"))
                        .setPage(Paging.of(environment, USUAL))
                        .setDirection(Paging.direction(environment))
                        .build();
        String kind = environment.getArgument("kind");
        CompletableFuture<String> aggregate =
                kind == null
                        ? whatItIs(environment, request.getId())
                        : CompletableFuture.completedFuture(aggregate(kind));
        return aggregate
                .thenCompose(
                        known -> ask(environment, request.toBuilder().setAggregate(known).build()))
                .thenApply(HistoryFields::page);
    }

    /** No two kinds share an id: it is that which something happened to. */
    private CompletableFuture<String> whatItIs(DataFetchingEnvironment environment, String id) {
        CompletableFuture<String> found =
                CompletableFuture.completedFuture(WITH_OWN_IDS.getFirst());
        for (String candidate : WITH_OWN_IDS) {
            GetHistoryRequest request =
                    GetHistoryRequest.newBuilder()
                            .setAggregate(candidate)
                            .setId(id)
                            .setPage(Page.newBuilder().setFirst(1))
                            .build();
            found =
                    found.thenCombine(
                            ask(environment, request),
                            (before, response) ->
                                    response.getEventsCount() == 0 ? before : candidate);
        }
        return found;
    }

    private static String aggregate(String kind) {
        return kind.equals(SHOPPING_LIST) ? "shopping" : kind.toLowerCase(Locale.ROOT);
    }

    private CompletableFuture<GetHistoryResponse> ask(
            DataFetchingEnvironment environment, GetHistoryRequest request) {
        return views.ask(
                        Asker.of(environment).principal(),
                        HistoryReaderGrpc.getGetHistoryMethod(),
                        request,
                        Arguments.freshness(environment))
                .exceptionally(
                        failure -> {
                            throw ReaderNames.here(failure);
                        });
    }

    private static Connection page(GetHistoryResponse response) {
        return new Connection(
                List.copyOf(response.getEventsList()),
                response.getHasNextPage(),
                response.getHasPreviousPage());
    }
}
