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
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Watcher watcher = new Watcher(subscriber);
        subscriber.onSubscribe(watcher.stream);
        ViewChanges.Watching watching = changes.watch(ViewKind.ORDER, Optional.empty(), watcher);
        watcher.watching = watching;
        watcher.stream.fedBy(watching::close);
        watcher.list();
    }

    private ListOrdersRequest request() {
        return ListOrdersRequest.newBuilder()
                .setFilter(OrderFilter.newBuilder().setRestaurantId(id))
                .setPage(Page.newBuilder().setFirst(NEWEST))
                .setDirection(Direction.DIRECTION_DESCENDING)
                .build();
    }

    /**
     * Feeds one subscriber's stream. Its lock guards whether a list is asked for; what it remembers
     * is used by whoever calls it, one call at a time.
     */
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
        private boolean listing;
        private boolean listAgain;
        private volatile ViewChanges.@Nullable Watching watching;

        Watcher(Subscriber<? super OrderView> subscriber) {
            this.stream = new LatestStream<>(subscriber, changes.threads(), this::tell);
        }

        /**
         * Has those listed that are under way; once more afterwards when that is asked meanwhile.
         * Only which orders there are is taken from the list; their states come in order.
         */
        void list() {
            synchronized (this) {
                if (listing) {
                    listAgain = true;
                    return;
                }
                listing = true;
            }
            var _ =
                    views.ask(
                                    principal,
                                    OrderReaderGrpc.getListOrdersMethod(),
                                    request(),
                                    new Freshness.LogEnd())
                            .whenComplete(this::listed);
        }

        private void listed(@Nullable ListOrdersResponse list, @Nullable Throwable failure) {
            if (list == null) {
                stream.end(
                        failure == null
                                ? new WaybillException(ErrorCode.UNAVAILABLE, "no answer")
                                : FieldFailures.known(failure));
                return;
            }
            tell(
                    list.getEdgesList().stream()
                            .map(OrderEdge::getNode)
                            .filter(order -> !OrderUpdates.hasEnded(order))
                            .map(OrderView::getId)
                            .toList());
            boolean again;
            synchronized (this) {
                listing = false;
                again = listAgain;
                listAgain = false;
            }
            if (again) {
                list();
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
                versions.remove(orderId); // it is read again once there is room
            }
        }

        @Override
        public void missed() {
            tell(List.copyOf(versions.keySet()));
            changes.threads().execute(this::list);
        }

        private void tell(List<String> ids) {
            ViewChanges.Watching open = watching;
            if (open != null) {
                open.tell(ids);
            }
        }

        @Override
        public void failed(WaybillException reason) {
            stream.end(reason);
        }
    }
}
