package io.waybill.reader.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.OrderStepRefused;

import org.junit.jupiter.api.Test;

class EventTypesTest {

    private final EventTypes types = new EventTypes();

    private static RecordedEvent recorded(Message event) {
        return RecordedEvent.newBuilder()
                .setType(event.getDescriptorForType().getFullName())
                .setData(event.toByteString())
                .build();
    }

    @Test
    void an_event_is_shown_with_its_fields_as_they_are_declared() throws Exception {
        RecordedEvent debited =
                recorded(
                        PaymentDebited.newBuilder()
                                .setCustomerId("c")
                                .setOrderId("o")
                                .setAmount(Money.newBuilder().setCurrency("EUR").setMinor(5))
                                .build());
        assertThat(types.name(debited)).isEqualTo("PAYMENT_DEBITED");
        assertThat(types.json(debited))
                .isEqualTo(
                        "{\"customer_id\":\"c\",\"order_id\":\"o\","
                                + "\"amount\":{\"currency\":\"EUR\",\"minor\":\"5\"}}");
        assertThat(types.name(recorded(OrderStepRefused.getDefaultInstance())))
                .isEqualTo("STEP_REFUSED");
    }

    @Test
    void one_that_is_not_known_is_shown_by_its_name_alone() throws Exception {
        RecordedEvent unknown =
                RecordedEvent.newBuilder()
                        .setType("waybill.contact.v9.ContactPraised")
                        .setData(ByteString.copyFromUtf8("x"))
                        .build();
        assertThat(types.name(unknown)).isEqualTo("ContactPraised");
        assertThat(types.json(unknown)).isEmpty();
    }
}
