package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.grpc.MethodDescriptor;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.proto.reader.v1.AccountReaderGrpc;
import io.waybill.proto.reader.v1.ContactOrder;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.DeadLetterReaderGrpc;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.proto.reader.v1.ListDeadLettersRequest;
import io.waybill.proto.reader.v1.ListMovementsRequest;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.ListRestaurantsRequest;
import io.waybill.proto.reader.v1.ListShoppingListsRequest;
import io.waybill.proto.reader.v1.OrderOrder;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.RestaurantOrder;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc;
import io.waybill.proto.shopping.v1.ShoppingListStatus;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What can be read in pages. */
final class ListFields {

    private final ViewReads views;

    ListFields(ViewReads views) {
        this.views = views;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                TypeRuntimeWiring.newTypeWiring("Query")
                        .dataFetcher("listContacts", this::listContacts)
                        .dataFetcher("contacts", this::contacts)
                        .dataFetcher("orders", this::orders)
                        .dataFetcher("statement", this::statement)
                        .dataFetcher("restaurants", this::restaurants)
                        .dataFetcher("shoppingLists", this::shoppingLists)
                        .dataFetcher("deadLetters", this::deadLetters));
        Connection.wire(wiring);
    }

    private CompletableFuture<List<Object>> listContacts(DataFetchingEnvironment environment) {
        ListContactsRequest request =
                ListContactsRequest.newBuilder()
                        .setFirst(Arguments.rows(environment, "count"))
                        .build();
        return contacts(environment, request).thenApply(Connection::nodes);
    }

    private CompletableFuture<Connection> contacts(DataFetchingEnvironment environment) {
        Map<String, Object> orderBy = environment.getArgument("orderBy");
        ListContactsRequest.Builder request =
                ListContactsRequest.newBuilder()
                        .setPage(Paging.of(environment))
                        .setDirection(Paging.direction(orderBy, Direction.DIRECTION_UNSPECIFIED));
        Paging.field(orderBy)
                .ifPresent(by -> request.setOrder(ContactOrder.valueOf("CONTACT_ORDER_" + by)));
        Map<String, Object> filter = environment.getArgument("filter");
        if (filter != null) {
            filter(filter, request);
        }
        return contacts(environment, request.build());
    }

    private static void filter(Map<String, Object> filter, ListContactsRequest.Builder request) {
        long given = filter.values().stream().filter(Objects::nonNull).count();
        if (given > 1) {
            throw WaybillException.badInput(
                    "filter", "filter takes one of namePrefix, email and updatedSince at a time");
        }
        if (filter.get("namePrefix") instanceof String prefix) {
            request.setNamePrefix(prefix);
        }
        if (filter.get("email") instanceof String email) {
            if (email.isBlank()) {
                throw WaybillException.badInput(
                        "filter.email", "filter.email must not be empty; leave it out");
            }
            request.setEmail(email);
        }
        if (filter.get("updatedSince") instanceof Instant since) {
            request.setUpdatedSince(time(since));
        }
    }

    private CompletableFuture<Connection> contacts(
            DataFetchingEnvironment environment, ListContactsRequest request) {
        return ask(environment, ContactReaderGrpc.getListContactsMethod(), request)
                .thenApply(ListFields::contactsPage);
    }

    private static Connection contactsPage(ListContactsResponse response) {
        return new Connection(
                Connection.edges(response),
                response.getHasNextPage(),
                response.getHasPreviousPage());
    }

    private CompletableFuture<Connection> orders(DataFetchingEnvironment environment) {
        Map<String, Object> orderBy = environment.getArgument("orderBy");
        Map<String, Object> filter = environment.getArgument("filter");
        ListOrdersRequest.Builder request =
                ListOrdersRequest.newBuilder()
                        .setPage(Paging.of(environment))
                        .setDirection(Paging.direction(orderBy, usualDirection(filter)));
        Paging.field(orderBy)
                .ifPresent(by -> request.setOrder(OrderOrder.valueOf("ORDER_ORDER_" + by)));
        if (filter != null) {
            request.setFilter(OrderFilters.of(filter));
        }
        return connection(environment, OrderReaderGrpc.getListOrdersMethod(), request.build());
    }

    /** Newest first, but what waits by its deadline. */
    private static Direction usualDirection(@Nullable Map<String, Object> filter) {
        boolean byDeadline =
                filter != null
                        && (Boolean.TRUE.equals(filter.get("running"))
                                || Boolean.TRUE.equals(filter.get("review_open")));
        return byDeadline ? Direction.DIRECTION_ASCENDING : Direction.DIRECTION_DESCENDING;
    }

    private CompletableFuture<Connection> statement(DataFetchingEnvironment environment) {
        return connection(
                environment,
                AccountReaderGrpc.getListMovementsMethod(),
                ListMovementsRequest.newBuilder()
                        .setCustomerId(Arguments.text(environment, "customer_id"))
                        .setPage(Paging.of(environment))
                        .setDirection(Paging.direction(environment))
                        .build());
    }

    private CompletableFuture<Connection> restaurants(DataFetchingEnvironment environment) {
        Map<String, Object> orderBy = environment.getArgument("orderBy");
        ListRestaurantsRequest.Builder request =
                ListRestaurantsRequest.newBuilder()
                        .setPage(Paging.of(environment))
                        .setDirection(Paging.direction(orderBy, Direction.DIRECTION_UNSPECIFIED));
        Paging.field(orderBy)
                .ifPresent(
                        by -> request.setOrder(RestaurantOrder.valueOf("RESTAURANT_ORDER_" + by)));
        String prefix = environment.getArgument("namePrefix");
        if (prefix != null) {
            request.setNamePrefix(prefix);
        }
        return connection(
                environment, RestaurantReaderGrpc.getListRestaurantsMethod(), request.build());
    }

    private CompletableFuture<Connection> shoppingLists(DataFetchingEnvironment environment) {
        ListShoppingListsRequest.Builder request =
                ListShoppingListsRequest.newBuilder()
                        .setPage(Paging.of(environment))
                        .setDirection(Paging.direction(environment));
        String restaurant = Arguments.present(environment, "restaurant_id");
        if (restaurant != null) {
            request.setRestaurantId(restaurant);
        }
        String status = environment.getArgument("status");
        if (status != null) {
            request.setStatus(ShoppingListStatus.valueOf("SHOPPING_LIST_STATUS_" + status));
        }
        return connection(
                environment, ShoppingReaderGrpc.getListShoppingListsMethod(), request.build());
    }

    private CompletableFuture<Connection> deadLetters(DataFetchingEnvironment environment) {
        ListDeadLettersRequest.Builder request =
                ListDeadLettersRequest.newBuilder()
                        .setPage(Paging.of(environment))
                        .setDirection(Paging.direction(environment))
                        .setOfSagas(Boolean.TRUE.equals(environment.getArgument("ofSagas")));
        String topic = Arguments.present(environment, "topic");
        if (topic != null) {
            request.setTopic(topic);
        }
        Instant from = environment.getArgument("from");
        if (from != null) {
            request.setFrom(time(from));
        }
        Instant to = environment.getArgument("to");
        if (to != null) {
            request.setTo(time(to));
        }
        return connection(
                environment, DeadLetterReaderGrpc.getListDeadLettersMethod(), request.build());
    }

    private <Q extends Message, A extends Message> CompletableFuture<Connection> connection(
            DataFetchingEnvironment environment, MethodDescriptor<Q, A> method, Q request) {
        return ask(environment, method, request).thenApply(Connection::of);
    }

    private <Q extends Message, A extends Message> CompletableFuture<A> ask(
            DataFetchingEnvironment environment, MethodDescriptor<Q, A> method, Q request) {
        return views.ask(
                        Asker.of(environment).principal(),
                        method,
                        request,
                        Arguments.has(environment, "afterCommand")
                                ? Arguments.freshness(environment)
                                : Arguments.AS_IT_STANDS)
                .exceptionally(
                        failure -> {
                            throw ReaderNames.here(failure);
                        });
    }

    private static Timestamp time(Instant instant) {
        return OrderFilters.time(instant);
    }
}
