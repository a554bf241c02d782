package io.waybill.gateway.graphql.field;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.proto.reader.v1.PageInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * A page as a Relay connection shows it.
 *
 * @param edges messages with a cursor and a node
 */
record Connection(List<Message> edges, boolean hasNext, boolean hasPrevious) {

    private static final List<String> OF =
            List.of("Contact", "Order", "Movement", "Restaurant", "ShoppingList", "DeadLetter");

    /** A response with {@code edges} and {@code page_info}. */
    static Connection of(Message response) {
        PageInfo info = (PageInfo) field(response, "page_info");
        return new Connection(edges(response), info.getHasNextPage(), info.getHasPreviousPage());
    }

    @SuppressWarnings("unchecked") // edges are messages
    static List<Message> edges(Message response) {
        return (List<Message>) field(response, "edges");
    }

    static Object field(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return message.getField(field);
    }

    static void wire(RuntimeWiring.Builder wiring) {
        for (String type : OF) {
            wiring.type(
                    TypeRuntimeWiring.newTypeWiring(type + "Connection")
                            .dataFetcher("edges", of(Connection::edges))
                            .dataFetcher("nodes", of(Connection::nodes))
                            .dataFetcher("pageInfo", of(page -> page)));
        }
        wiring.type(
                        TypeRuntimeWiring.newTypeWiring("HistoryConnection")
                                .dataFetcher("edges", of(Connection::edges))
                                .dataFetcher("nodes", of(Connection::edges))
                                .dataFetcher("pageInfo", of(page -> page)))
                .type(
                        TypeRuntimeWiring.newTypeWiring("HistoryEdge")
                                .dataFetcher("node", new Of<>(Message.class, event -> event)))
                .type(
                        TypeRuntimeWiring.newTypeWiring("PageInfo")
                                .dataFetcher("hasNextPage", of(Connection::hasNext))
                                .dataFetcher("hasPreviousPage", of(Connection::hasPrevious))
                                .dataFetcher("startCursor", of(page -> page.cursor(0)))
                                .dataFetcher(
                                        "endCursor", of(page -> page.cursor(page.size() - 1))));
    }

    List<Object> nodes() {
        return edges.stream().map(edge -> field(edge, "node")).toList();
    }

    private int size() {
        return edges.size();
    }

    private @Nullable String cursor(int index) {
        return edges.isEmpty() ? null : (String) field(edges.get(index), "cursor");
    }

    private static Of<Connection> of(Function<Connection, @Nullable Object> value) {
        return new Of<>(Connection.class, value);
    }
}
