package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Reading;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.order.Order;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.Terms;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

/** The largest order that is let in is one that its saga can carry out. */
class LargestOrderTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    /** Outside the basic plane: four bytes in UTF-8. */
    private static final String PIZZA = "\uD83C\uDF55";

    private final CommandCatalogue catalogue = CommandCatalogue.standard();

    @Test
    void what_its_saga_asks_can_be_read() {
        CreateOrder order = largest();
        CommandType create = catalogue.of(order.getDescriptorForType());
        assertThat(order.getSerializedSize())
                .isBetween(create.maxPayloadBytes() - 1_000, create.maxPayloadBytes());
        assertThat(create.read(order.toByteArray(), "")).isInstanceOf(Reading.Valid.class);
        Terms terms = termsOf(order);

        for (Step step : Step.values()) {
            if (!step.asksNobody()) {
                var request =
                        SagaRequests.of(ID, Request.of(Outstanding.of(step, AT), terms)).command();
                assertThat(
                                catalogue
                                        .of(request.getDescriptorForType())
                                        .read(request.toByteArray(), "application/x-protobuf"))
                        .as("%s", step)
                        .isInstanceOf(Reading.Valid.class);
            }
        }
    }

    private static CreateOrder largest() {
        CreateOrder.Builder order =
                CreateOrder.newBuilder().setCustomerId(ID).setRestaurantId(ID).setCurrency("EUR");
        for (int i = 0; i < 100; i++) {
            order.addOrderItems(
                    OrderItem.newBuilder()
                            .setCode("c" + i)
                            .setName(PIZZA.repeat(158))
                            .setUnitPrice("7")
                            .setQuantity(999));
        }
        return order.build();
    }

    private static Terms termsOf(CreateOrder create) {
        OrderCodec codec = new OrderCodec(SagaSettings.usual());
        Decision decision =
                codec.decide(Asking.asked(create, ID, AT, Optional.empty()), codec.initial());
        Order order = codec.initial();
        for (RecordedEvent event : ((Decision.Accepted) decision).events()) {
            order = codec.evolve(order, event);
        }
        return ((Order.Preparing) order).terms();
    }
}
