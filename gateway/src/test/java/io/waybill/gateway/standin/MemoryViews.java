package io.waybill.gateway.standin;

import com.google.protobuf.Message;

import io.grpc.MethodDescriptor;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.reader.v1.BatchGetContactsRequest;
import io.waybill.proto.reader.v1.BatchGetContactsResponse;
import io.waybill.proto.reader.v1.BatchGetOrdersRequest;
import io.waybill.proto.reader.v1.BatchGetOrdersResponse;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.OrderEdge;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.EventLoop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Orders and contacts in memory, read on a loop ten milliseconds after the question. */
public final class MemoryViews implements ViewReads {

    public final Map<String, OrderView> orders = new LinkedHashMap<>();
    public final Map<String, ContactView> contacts = new LinkedHashMap<>();

    /** Which orders were read at a time. */
    public final List<List<String>> batches = new ArrayList<>();

    /** How many orders can be read at a time. */
    public int mostAtOnce = Integer.MAX_VALUE;

    /** How often orders were listed. */
    public int lists;

    private final EventLoop loop;
    private boolean down;

    public MemoryViews(EventLoop loop) {
        this.loop = loop;
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    @Override
    @SuppressWarnings("unchecked") // the answer is of the class that the method gives
    public <Q extends Message, A extends Message> CompletableFuture<A> ask(
            Principal principal, MethodDescriptor<Q, A> method, Q request, Freshness freshness) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        loop.schedule(
                Duration.ofMillis(10),
                () -> {
                    if (down || isTooMuch(request)) {
                        answer.completeExceptionally(
                                new WaybillException(ErrorCode.UNAVAILABLE, "the reader is away"));
                    } else {
                        answer.complete((A) answer(request));
                    }
                });
        return answer;
    }

    private boolean isTooMuch(Message request) {
        return request instanceof BatchGetOrdersRequest some && some.getIdsCount() > mostAtOnce;
    }

    private Message answer(Message request) {
        return switch (request) {
            case BatchGetOrdersRequest some -> {
                batches.add(some.getIdsList());
                BatchGetOrdersResponse.Builder found = BatchGetOrdersResponse.newBuilder();
                some.getIdsList().stream()
                        .filter(orders::containsKey)
                        .forEach(id -> found.addOrders(orders.get(id)));
                yield found.build();
            }
            case BatchGetContactsRequest some -> {
                BatchGetContactsResponse.Builder found = BatchGetContactsResponse.newBuilder();
                some.getIdsList().stream()
                        .filter(contacts::containsKey)
                        .forEach(id -> found.addContacts(contacts.get(id)));
                yield found.build();
            }
            case ListOrdersRequest list -> {
                lists++;
                ListOrdersResponse.Builder found = ListOrdersResponse.newBuilder();
                orders.values().stream()
                        .filter(
                                order ->
                                        order.getRestaurantId()
                                                .equals(list.getFilter().getRestaurantId()))
                        .forEach(order -> found.addEdges(OrderEdge.newBuilder().setNode(order)));
                yield found.build();
            }
            default -> throw new IllegalArgumentException("not read here: " + request);
        };
    }
}
