package io.waybill.gateway.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.outbox.v1.OutboxEntry;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;

/**
 * An order that was accepted and is not in the log yet, in the form of those that are: out of its
 * command.
 */
final class PendingOrder {

    /** The topic of the command that makes an order. */
    static final String TOPIC = CommandCatalogue.standard().of(CreateOrder.getDescriptor()).topic();

    private PendingOrder() {}

    /** The order that a valid command creates, whose total can be kept, without id and time. */
    static OrderView of(CreateOrder command) {
        OrderView.Builder order =
                OrderView.newBuilder()
                        .setCustomerId(command.getCustomerId())
                        .setRestaurantId(command.getRestaurantId())
                        .setStatus(OrderStatus.ORDER_STATUS_PENDING);
        Currency currency = Currency.getInstance(command.getCurrency());
        long total = 0;
        for (int i = 0; i < command.getOrderItemsCount(); i++) {
            Item item = item(command.getOrderItems(i), currency);
            order.addItems(item);
            total =
                    Math.addExact(
                            total,
                            Math.multiplyExact(item.getUnitPrice().getMinor(), item.getQuantity()));
        }
        order.setTotal(money(total, currency));
        if (command.hasPaymentId()) {
            order.setPaymentId(command.getPaymentId());
        }
        return order.build();
    }

    /** The same, once it was accepted. */
    static OrderView accepted(OrderView order, String id, Instant at) {
        Timestamp time =
                Timestamp.newBuilder()
                        .setSeconds(at.getEpochSecond())
                        .setNanos(at.getNano())
                        .build();
        return order.toBuilder().setId(id).setCreated(time).setLastUpdated(time).build();
    }

    /** The order that a command makes that this gateway holds, if it makes one. */
    static Optional<OrderView> of(String id, OutboxEntry held) {
        if (!held.getMetadata().getTopic().equals(TOPIC)) {
            return Optional.empty();
        }
        try {
            Timestamp at = held.getMetadata().getAcceptedAt();
            return Optional.of(
                    accepted(
                            of(CreateOrder.parseFrom(held.getPayload())),
                            id,
                            Instant.ofEpochSecond(at.getSeconds(), at.getNanos())));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the outbox holds what is no command", e);
        }
    }

    private static Item item(OrderItem ordered, Currency currency) {
        long price =
                new BigDecimal(ordered.getUnitPrice())
                        .movePointRight(currency.getDefaultFractionDigits())
                        .longValueExact();
        return Item.newBuilder()
                .setCode(ordered.getCode())
                .setName(ordered.hasName() ? ordered.getName() : ordered.getCode())
                .setUnitPrice(money(price, currency))
                .setQuantity(ordered.getQuantity())
                .build();
    }

    private static Money money(long minor, Currency currency) {
        return Money.newBuilder().setCurrency(currency.getCurrencyCode()).setMinor(minor).build();
    }
}
