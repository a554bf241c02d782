package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.shopping.v1.AssignShoppingList;
import io.waybill.proto.shopping.v1.CancelShoppingList;
import io.waybill.proto.shopping.v1.CompleteShoppingList;
import io.waybill.proto.shopping.v1.CreateShoppingList;
import io.waybill.proto.shopping.v1.InitiateShopping;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.shopping.ShoppingCommand;
import io.waybill.writer.shopping.ShoppingEvent;
import io.waybill.writer.shopping.ShoppingEvent.Assigned;
import io.waybill.writer.shopping.ShoppingEvent.Cancelled;
import io.waybill.writer.shopping.ShoppingEvent.Completed;
import io.waybill.writer.shopping.ShoppingEvent.Created;
import io.waybill.writer.shopping.ShoppingEvent.Initiated;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class ShoppingCodecTest {

    private static final Instant AT = Asking.AT;
    private static final String ORDER = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f70";
    private static final String RESTAURANT = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final List<Item> ITEMS =
            List.of(new Item("pizza", "Pizza", Money.of("EUR", 950), 2));
    private static final Created CREATED = new Created(ORDER, RESTAURANT, ITEMS, AT);

    static Stream<ShoppingEvent> events() {
        return Stream.of(
                CREATED,
                new Initiated(ORDER, AT),
                new Assigned(ORDER, "Luigi", AT),
                new Completed(ORDER, AT),
                new Cancelled(ORDER, AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_back_as_it_was_written(ShoppingEvent event) {
        RecordedEvent stored = StoredEvents.recorded(ShoppingEvents.write(event));

        assertThat(ShoppingEvents.STORED.read(stored)).isEqualTo(event);
    }

    @Test
    void commands_are_read_as_they_are() {
        assertThat(
                        read(
                                CreateShoppingList.newBuilder()
                                        .setOrderId(ORDER)
                                        .setRestaurantId(RESTAURANT)
                                        .addAllItems(ProtoItems.of(ITEMS))
                                        .build()))
                .isEqualTo(new ShoppingCommand.Create(ORDER, RESTAURANT, ITEMS, AT));
        assertThat(read(InitiateShopping.newBuilder().setOrderId(ORDER).build()))
                .isEqualTo(new ShoppingCommand.Initiate(ORDER, AT));
        assertThat(
                        read(
                                AssignShoppingList.newBuilder()
                                        .setOrderId(ORDER)
                                        .setAssignee("Luigi")
                                        .build()))
                .isEqualTo(new ShoppingCommand.Assign(ORDER, "Luigi", AT));
        assertThat(read(CompleteShoppingList.newBuilder().setOrderId(ORDER).build()))
                .isEqualTo(new ShoppingCommand.Complete(ORDER, AT));
    }

    @Test
    void a_cancellation_comes_with_what_the_creation_did() {
        Commit created =
                Asking.commit(
                        "shopping/" + ORDER,
                        OutcomeKind.OUTCOME_KIND_APPLIED,
                        List.of(StoredEvents.recorded(ShoppingEvents.write(CREATED))));

        assertThat(ShoppingCodec.read(Asking.asked(cancelling(), ORDER, AT, Optional.of(created))))
                .isEqualTo(new ShoppingCommand.Cancel(ORDER, List.of(CREATED), AT));
        assertThat(read(cancelling())).isEqualTo(new ShoppingCommand.Cancel(ORDER, List.of(), AT));
    }

    private static Message cancelling() {
        return CancelShoppingList.newBuilder()
                .setOrderId(ORDER)
                .setUndoes(
                        CommandIdentity.newBuilder()
                                .setPrincipal("saga")
                                .setCommandId(Asking.COMMAND))
                .build();
    }

    private static ShoppingCommand read(Message message) {
        return ShoppingCodec.read(Asking.asked(message, ORDER));
    }
}
