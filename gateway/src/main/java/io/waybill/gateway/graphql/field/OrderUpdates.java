package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;

import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.wire.failure.WaybillException;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

import java.util.Optional;

/**
 * One order as it stands, then after each change, until it has ended. An order that is not known
 * yet is told once it is.
 */
record OrderUpdates(ViewChanges changes, String id) implements Publisher<OrderView> {

    @Override
    public void subscribe(Subscriber<? super OrderView> subscriber) {
        LatestStream<OrderView> stream = new LatestStream<>(subscriber, changes.threads());
        subscriber.onSubscribe(stream);
        stream.fedBy(changes.watch(ViewKind.ORDER, Optional.of(id), new Watcher(stream))::close);
    }

    static boolean hasEnded(OrderView order) {
        OrderStatus status = order.getStatus();
        return status == OrderStatus.ORDER_STATUS_COLLECTED
                || status == OrderStatus.ORDER_STATUS_REJECTED
                || status == OrderStatus.ORDER_STATUS_CANCELLED;
    }

    private static final class Watcher implements ViewChanges.Watcher {

        private final LatestStream<OrderView> stream;
        private OrderView last = OrderView.getDefaultInstance();

        Watcher(LatestStream<OrderView> stream) {
            this.stream = stream;
        }

        @Override
        public void changed(String id, Optional<Message> view) {
            if (view.isPresent() && !view.get().equals(last)) {
                last = (OrderView) view.get();
                boolean _ = stream.put(id, last); // one thing always has room
                if (hasEnded(last)) {
                    stream.end(null);
                }
            }
        }

        @Override
        public void missed() {
            // It is read again by itself.
        }

        @Override
        public void failed(WaybillException reason) {
            stream.end(reason);
        }
    }
}
