package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.restaurant.v1.CloseRestaurant;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.ReleaseItems;
import io.waybill.proto.restaurant.v1.ReserveItems;
import io.waybill.proto.restaurant.v1.ReviewOrder;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.proto.restaurant.v1.TakeItems;
import io.waybill.proto.restaurant.v1.UpdateRestaurant;
import io.waybill.writer.domain.Change.Keep;
import io.waybill.writer.domain.Change.To;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantCommand;
import io.waybill.writer.restaurant.RestaurantEvent;
import io.waybill.writer.restaurant.RestaurantEvent.Closed;
import io.waybill.writer.restaurant.RestaurantEvent.ItemSet;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReleased;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsTaken;
import io.waybill.writer.restaurant.RestaurantEvent.Opened;
import io.waybill.writer.restaurant.RestaurantEvent.Registered;
import io.waybill.writer.restaurant.RestaurantEvent.Reviewed;
import io.waybill.writer.restaurant.RestaurantEvent.Updated;
import io.waybill.writer.restaurant.Review;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class RestaurantCodecTest {

    private static final Instant AT = Asking.AT;
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String ORDER = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f70";
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final List<Item> ITEMS =
            List.of(
                    new Item("pizza", "Pizza", Money.of("EUR", 950), 2),
                    new Item("wine", "Wine", Money.of("EUR", 1800), 1));

    static Stream<RestaurantEvent> events() {
        return Stream.of(
                new Registered(ID, "Mario", EUR, Review.AUTO, AT),
                new Registered(ID, "Mario", EUR, Review.MANUAL, AT),
                new Updated(ID, new To<>("Luigi"), new Keep<>(), AT),
                new Updated(ID, new Keep<>(), new To<>(Review.MANUAL), AT),
                new ItemSet(ID, "pizza", "Pizza", Money.of("EUR", 950), 1_000_000_000, AT),
                new Opened(ID, AT),
                new Closed(ID, AT),
                new ItemsReserved(ID, ORDER, ITEMS, AT),
                new ItemsReleased(ID, ORDER, ITEMS, AT),
                new Reviewed(ID, ORDER, true, AT),
                new Reviewed(ID, ORDER, false, AT),
                new ItemsTaken(ID, ORDER, ITEMS, AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_back_as_it_was_written(RestaurantEvent event) {
        RecordedEvent stored = StoredEvents.recorded(RestaurantEvents.write(event));

        assertThat(RestaurantEvents.STORED.read(stored)).isEqualTo(event);
    }

    @Test
    void a_restaurant_approves_every_order_unless_told_otherwise() {
        RegisterRestaurant.Builder register =
                RegisterRestaurant.newBuilder().setName("Mario").setCurrency("EUR");

        assertThat(read(register.build()))
                .isEqualTo(new RestaurantCommand.Register(ID, "Mario", EUR, Review.AUTO, AT));
        assertThat(read(register.setReview("MANUAL").build()))
                .isEqualTo(new RestaurantCommand.Register(ID, "Mario", EUR, Review.MANUAL, AT));
    }

    @Test
    void an_update_changes_what_is_given() {
        assertThat(read(UpdateRestaurant.newBuilder().setId(ID).setName("Luigi").build()))
                .isEqualTo(new RestaurantCommand.Update(ID, new To<>("Luigi"), new Keep<>(), AT));
        assertThat(read(UpdateRestaurant.newBuilder().setId(ID).setReview("AUTO").build()))
                .isEqualTo(
                        new RestaurantCommand.Update(ID, new Keep<>(), new To<>(Review.AUTO), AT));
    }

    @Test
    void an_item_has_an_exact_price() {
        assertThat(
                        read(
                                SetItem.newBuilder()
                                        .setId(ID)
                                        .setCode("pizza")
                                        .setName("Pizza")
                                        .setUnitPrice("9.5")
                                        .setCurrency("EUR")
                                        .setOnHand(0)
                                        .build()))
                .isEqualTo(
                        new RestaurantCommand.SetItem(
                                ID, "pizza", "Pizza", Money.of("EUR", 950), 0, AT));
    }

    @Test
    void the_other_commands_are_read_as_they_are() {
        assertThat(read(OpenRestaurant.newBuilder().setId(ID).build()))
                .isEqualTo(new RestaurantCommand.Open(ID, AT));
        assertThat(read(CloseRestaurant.newBuilder().setId(ID).build()))
                .isEqualTo(new RestaurantCommand.Close(ID, AT));
        assertThat(
                        read(
                                ReserveItems.newBuilder()
                                        .setId(ID)
                                        .setOrderId(ORDER)
                                        .addAllItems(ProtoItems.of(ITEMS))
                                        .build()))
                .isEqualTo(new RestaurantCommand.Reserve(ID, ORDER, ITEMS, AT));
        assertThat(read(ReviewOrder.newBuilder().setId(ID).setOrderId(ORDER).build()))
                .isEqualTo(new RestaurantCommand.ReviewOrder(ID, ORDER, AT));
        assertThat(
                        read(
                                TakeItems.newBuilder()
                                        .setId(ID)
                                        .setOrderId(ORDER)
                                        .addAllItems(ProtoItems.of(ITEMS))
                                        .build()))
                .isEqualTo(new RestaurantCommand.Take(ID, ORDER, ITEMS, AT));
    }

    @Test
    void a_release_comes_with_what_the_reservation_did() {
        ItemsReserved reserved = new ItemsReserved(ID, ORDER, ITEMS, AT);
        Commit commit =
                Asking.commit(
                        "restaurant/" + ID,
                        OutcomeKind.OUTCOME_KIND_APPLIED,
                        List.of(StoredEvents.recorded(RestaurantEvents.write(reserved))));

        assertThat(RestaurantCodec.read(Asking.asked(releasing(), ID, AT, Optional.of(commit))))
                .isEqualTo(new RestaurantCommand.Release(ID, ORDER, List.of(reserved), AT));
        assertThat(read(releasing()))
                .isEqualTo(new RestaurantCommand.Release(ID, ORDER, List.of(), AT));
    }

    private static Message releasing() {
        return ReleaseItems.newBuilder()
                .setId(ID)
                .setOrderId(ORDER)
                .setUndoes(
                        CommandIdentity.newBuilder()
                                .setPrincipal("saga")
                                .setCommandId(Asking.COMMAND))
                .build();
    }

    private static RestaurantCommand read(Message message) {
        return RestaurantCodec.read(Asking.asked(message, ID));
    }
}
