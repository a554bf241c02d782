package io.waybill.writer.codec;

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
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.decide.Snapshots;
import io.waybill.writer.domain.Change;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.Restaurant;
import io.waybill.writer.restaurant.RestaurantCommand;
import io.waybill.writer.restaurant.RestaurantDecider;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantFold;
import io.waybill.writer.restaurant.Review;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Optional;

/** Restaurants for the pipeline: the domain's decisions, read from and written as protobuf. */
public final class RestaurantCodec implements AggregateType<Restaurant> {

    @Override
    public String name() {
        return "restaurant";
    }

    @Override
    public Restaurant initial() {
        return RestaurantFold.initial();
    }

    @Override
    public Restaurant evolve(Restaurant state, RecordedEvent event) {
        return RestaurantFold.evolve(state, RestaurantEvents.STORED.read(event));
    }

    @Override
    public int entries(Restaurant state) {
        return switch (state) {
            case Restaurant.Absent absent -> 0;
            case Restaurant.Registered registered -> registered.menu().items().size();
        };
    }

    @Override
    public Optional<Snapshots<Restaurant>> snapshots() {
        return Optional.of(new RestaurantSnapshots());
    }

    @Override
    public Decision decide(Asked asked, Restaurant state) {
        return StoredDecision.of(
                RestaurantDecider.decide(read(asked), state), RestaurantEvents::write);
    }

    static RestaurantCommand read(Asked asked) {
        String id = asked.id();
        Instant at = asked.at().truncatedTo(ChronoUnit.MICROS);
        return switch (asked.command().message()) {
            case RegisterRestaurant register ->
                    new RestaurantCommand.Register(
                            id,
                            register.getName(),
                            Currency.getInstance(register.getCurrency()),
                            register.hasReview()
                                    ? Review.valueOf(register.getReview())
                                    : Review.AUTO,
                            at);
            case UpdateRestaurant update ->
                    new RestaurantCommand.Update(
                            id,
                            Change.given(update.hasName(), update::getName),
                            Change.given(
                                    update.hasReview(), () -> Review.valueOf(update.getReview())),
                            at);
            case SetItem item ->
                    new RestaurantCommand.SetItem(
                            id,
                            item.getCode(),
                            item.getName(),
                            Money.parse(item.getUnitPrice(), item.getCurrency()),
                            item.getOnHand(),
                            at);
            case OpenRestaurant _ -> new RestaurantCommand.Open(id, at);
            case CloseRestaurant _ -> new RestaurantCommand.Close(id, at);
            case ReserveItems reserve ->
                    new RestaurantCommand.Reserve(
                            id,
                            reserve.getOrderId(),
                            ProtoItems.toItems(reserve.getItemsList()),
                            at);
            case ReleaseItems release ->
                    new RestaurantCommand.Release(
                            id,
                            release.getOrderId(),
                            UndoneEvents.of(asked, RestaurantEvents.STORED, ItemsReserved.class),
                            at);
            case ReviewOrder review ->
                    new RestaurantCommand.ReviewOrder(id, review.getOrderId(), at);
            case TakeItems take ->
                    new RestaurantCommand.Take(
                            id, take.getOrderId(), ProtoItems.toItems(take.getItemsList()), at);
            default ->
                    throw new IllegalStateException(
                            asked.command().type().topic() + " is not a restaurant's command");
        };
    }
}
