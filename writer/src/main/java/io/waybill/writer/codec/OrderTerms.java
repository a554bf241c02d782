package io.waybill.writer.codec;

import io.waybill.proto.order.v1.OrderCreated;
import io.waybill.writer.order.OrderEvent;
import io.waybill.writer.saga.Terms;
import io.waybill.writer.time.ProtoTime;

/** What was ordered, as it is stored. */
final class OrderTerms {

    private OrderTerms() {}

    static OrderCreated write(OrderEvent.Created created) {
        Terms terms = created.terms();
        return OrderCreated.newBuilder()
                .setId(terms.orderId())
                .setCustomerId(terms.customerId())
                .setRestaurantId(terms.restaurantId())
                .addAllItems(ProtoItems.of(terms.items()))
                .setTotal(ProtoMoney.of(terms.total()))
                .setPaymentId(terms.paymentId())
                .setAt(ProtoTime.of(created.at()))
                .build();
    }

    static OrderEvent.Created read(OrderCreated created) {
        return new OrderEvent.Created(
                new Terms(
                        created.getId(),
                        created.getCustomerId(),
                        created.getRestaurantId(),
                        ProtoItems.toItems(created.getItemsList()),
                        ProtoMoney.toMoney(created.getTotal()),
                        created.getPaymentId()),
                ProtoTime.toInstant(created.getAt()));
    }
}
