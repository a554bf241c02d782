package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;

import io.waybill.gateway.graphql.failure.FieldFailures;
import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.OrderEdge;
import io.waybill.proto.reader.v1.OrderFilter;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The orders of a restaurant: of its newest hundred those that are under way, as they stand; then
 * each of its orders after each change. After changes may have been missed, what changed meanwhile
 * follows.
 */
record RestaurantOrders(ViewChanges changes, ViewReads views, Principal principal, String id)
        implements Publisher<OrderView> {

    private static final int NEWEST = 100;

    @Override
    public void subscribe(Subscriber<? super OrderView> subscriber) {
        LatestStream<OrderView> stream = new LatestStream<>(subscriber, changes.threads());
        subscriber.onSubscribe(stream);
        Watcher watcher = new Watcher(stream);
        ViewChanges.Watching watching = changes.watch(ViewKind.ORDER, Optional.empty(), watcher);
        watcher.watching = watching;
        stream.fedBy(watching::close);
        watcher.list(Set.of());
    }

    private ListOrdersRequest request() {
        return ListOrdersRequest.newBuilder()
                .setFilter(OrderFilter.newBuilder().setRestaurantId(id))
                .setPage(Page.newBuilder().setFirst(NEWEST))
                .setDirection(Direction.DIRECTION_DESCENDING)
                .build();
    }

    private final class Watcher implements ViewChanges.Watcher {

        /** Beyond so many, an order may be told once more although it has not changed. */
        private static final int MOST_REMEMBERED = 2_000;

        private final LatestStream<OrderView> stream;
        private final Map<String, Long> versions =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                        return size() > MOST_REMEMBERED;
                    }
                };
        private volatile ViewChanges.@Nullable Watching watching;

        Watcher(LatestStream<OrderView> stream) {
            this.stream = stream;
        }

        /**
         * Only which orders there are is taken from the list; their states come in order.
         *
         * @param known to be told too, if they have changed
         */
        void list(Set<String> known) {
            var _ =
                    views.ask(
                                    principal,
                                    OrderReaderGrpc.getListOrdersMethod(),
                                    request(),
                                    new Freshness.LogEnd())
                            .whenComplete((list, failure) -> listed(known, list, failure));
        }

        private void listed(
                Set<String> known, @Nullable ListOrdersResponse list, @Nullable Throwable failure) {
            ViewChanges.Watching open = watching;
            if (list == null) {
                stream.end(
                        failure == null
                                ? new WaybillException(ErrorCode.UNAVAILABLE, "no answer")
                                : FieldFailures.known(failure));
            } else if (open != null) {
                Set<String> told = new LinkedHashSet<>(known);
                list.getEdgesList().stream()
                        .map(OrderEdge::getNode)
                        .filter(order -> !OrderUpdates.hasEnded(order))
                        .map(OrderView::getId)
                        .forEach(told::add);
                open.tell(List.copyOf(told));
            }
        }

        @Override
        public void changed(String orderId, Optional<Message> view) {
            if (view.isPresent()
                    && view.get() instanceof OrderView order
                    && order.getRestaurantId().equals(id)
                    && !Long.valueOf(order.getVersion())
                            .equals(versions.put(orderId, order.getVersion()))
                    && !stream.put(orderId, order)) {
                // What was dropped is to be told all the same.
                Set<String> dropped = Set.copyOf(versions.keySet());
                versions.clear();
                again(dropped);
            }
        }

        @Override
        public void missed() {
            again(Set.copyOf(versions.keySet()));
        }

        private void again(Set<String> known) {
            changes.threads().execute(() -> list(known));
        }

        @Override
        public void failed(WaybillException reason) {
            stream.end(reason);
        }
    }
}
