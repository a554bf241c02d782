package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.proto.reader.v1.GetAtRequest;
import io.waybill.proto.reader.v1.GetAtResponse;
import io.waybill.proto.reader.v1.HistoryReaderGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What can be read one at a time: at the top by its id, and nested in another by the id there. */
final class SingleFields {

    /** Fields that need the request's batches, wherever they stand. */
    static final Set<String> NAMES =
            Set.of(
                    "contact",
                    "getContact",
                    "order",
                    "account",
                    "restaurant",
                    "shoppingList",
                    "customer",
                    "shopping_list");

    private record Top(ViewKind kind, String argument) {}

    private static final Map<String, Top> TOP =
            Map.of(
                    "contact", new Top(ViewKind.CONTACT, "id"),
                    "getContact", new Top(ViewKind.CONTACT, "id"),
                    "order", new Top(ViewKind.ORDER, "id"),
                    "account", new Top(ViewKind.ACCOUNT, "customer_id"),
                    "restaurant", new Top(ViewKind.RESTAURANT, "id"),
                    "shoppingList", new Top(ViewKind.SHOPPING, "order_id"));

    private final ViewReads views;

    SingleFields(ViewReads views) {
        this.views = views;
    }

    void wire(RuntimeWiring.Builder wiring) {
        TypeRuntimeWiring.Builder queries = TypeRuntimeWiring.newTypeWiring("Query");
        TOP.forEach(
                (name, top) -> queries.dataFetcher(name, environment -> read(environment, top)));
        wiring.type(queries)
                .type(
                        TypeRuntimeWiring.newTypeWiring("Order")
                                .dataFetcher("customer", of(ViewKind.CONTACT, "customer_id"))
                                .dataFetcher("restaurant", of(ViewKind.RESTAURANT, "restaurant_id"))
                                .dataFetcher("shopping_list", of(ViewKind.SHOPPING, "id")))
                .type(
                        TypeRuntimeWiring.newTypeWiring("ShoppingList")
                                .dataFetcher("order", of(ViewKind.ORDER, "order_id")))
                .type(
                        TypeRuntimeWiring.newTypeWiring("Contact")
                                .dataFetcher("account", of(ViewKind.ACCOUNT, "id")));
    }

    private static graphql.schema.DataFetcher<CompletableFuture<@Nullable Message>> of(
            ViewKind kind, String field) {
        return environment -> {
            Message source = environment.getSource();
            if (source == null) {
                return CompletableFuture.completedFuture(null);
            }
            String id = (String) Connection.field(source, field);
            return ViewBatches.load(environment, ViewKey.of(kind, id));
        };
    }

    private CompletableFuture<@Nullable Message> read(
            DataFetchingEnvironment environment, Top top) {
        String given = Arguments.text(environment, top.argument());
        Freshness freshness = Arguments.freshness(environment);
        Optional<String> id = Ids.uuid(given);
        if (Arguments.given(environment, "atVersion") || Arguments.given(environment, "atTime")) {
            return id.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : readAt(environment, top, id.get(), freshness);
        }
        // What is no id is the id of nothing; a wait that was asked for is waited for all the same.
        if (id.isEmpty() && freshness instanceof Freshness.AsItStands) {
            return CompletableFuture.completedFuture(null);
        }
        return ViewBatches.load(environment, new ViewKey(top.kind(), id.orElse(given), freshness));
    }

    private CompletableFuture<@Nullable Message> readAt(
            DataFetchingEnvironment environment, Top top, String id, Freshness freshness) {
        Integer version = environment.getArgument("atVersion");
        Instant time = environment.getArgument("atTime");
        if (version != null && time != null) {
            throw WaybillException.badInput("atTime", "give either atVersion or atTime, not both");
        }
        GetAtRequest.Builder request =
                GetAtRequest.newBuilder().setAggregate(top.kind().aggregate()).setId(id);
        if (version != null) {
            if (version < 1) {
                throw WaybillException.badInput("atVersion", "atVersion must be 1 or more");
            }
            request.setVersion(version);
        } else if (time != null) {
            request.setTime(OrderFilters.time(time));
        }
        return views.ask(
                        Asker.of(environment).principal(),
                        HistoryReaderGrpc.getGetAtMethod(),
                        request.build(),
                        freshness)
                .<@Nullable Message>thenApply(SingleFields::view)
                .exceptionally(SingleFields::noneThen);
    }

    private static Message view(GetAtResponse response) {
        return switch (response.getViewCase()) {
            case CONTACT -> response.getContact();
            case ORDER -> response.getOrder();
            case ACCOUNT -> response.getAccount();
            case RESTAURANT -> response.getRestaurant();
            case SHOPPING_LIST -> response.getShoppingList();
            case VIEW_NOT_SET ->
                    throw new WaybillException(ErrorCode.NOT_FOUND, "there was none then");
        };
    }

    private static @Nullable Message noneThen(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof WaybillException known && known.code() == ErrorCode.NOT_FOUND) {
            return null;
        }
        throw failure instanceof CompletionException completion
                ? completion
                : new CompletionException(failure);
    }
}
