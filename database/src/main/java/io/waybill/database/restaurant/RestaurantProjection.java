package io.waybill.database.restaurant;

import static io.waybill.database.projection.Part.folded;
import static io.waybill.database.projection.Part.number;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;

import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Happening;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.ItemsReleased;
import io.waybill.proto.restaurant.v1.ItemsReserved;
import io.waybill.proto.restaurant.v1.ItemsTaken;
import io.waybill.proto.restaurant.v1.RestaurantClosed;
import io.waybill.proto.restaurant.v1.RestaurantOpened;
import io.waybill.proto.restaurant.v1.RestaurantRegistered;
import io.waybill.proto.restaurant.v1.RestaurantUpdated;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.restaurant.v1.Reviewed;

import java.util.List;

/** Restaurants as they are now, by id, with their menus in the order of the items' codes. */
public final class RestaurantProjection implements AggregateProjection<RestaurantView> {

    public static final String NAME = "restaurant";

    private static final List<Index<RestaurantView>> INDEXES =
            List.of(
                    Index.of("created", number(RestaurantView::getCreatedPosition)),
                    Index.of(
                            "name",
                            folded(RestaurantView::getName),
                            number(RestaurantView::getCreatedPosition)));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String aggregate() {
        return "restaurant";
    }

    @Override
    public Parser<RestaurantView> parser() {
        return RestaurantView.parser();
    }

    @Override
    public List<Index<RestaurantView>> indexes() {
        return INDEXES;
    }

    @Override
    public void apply(Happening event, Rows<RestaurantView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        if (event.isFirst()) {
            register(event, rows);
            return;
        }
        RestaurantView.Builder restaurant =
                rows.find(event.key()).orElseThrow(event::outOfPlace).toBuilder();
        Timestamp at = change(event, restaurant);
        rows.put(event.key(), restaurant.setLastUpdated(at).setVersion(event.version()).build());
    }

    private static void register(Happening event, Rows<RestaurantView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        if (!event.type().equals("waybill.restaurant.v1.RestaurantRegistered")) {
            throw event.outOfPlace();
        }
        RestaurantRegistered registered = RestaurantRegistered.parseFrom(event.data());
        rows.insert(
                event.key(),
                RestaurantView.newBuilder()
                        .setId(registered.getId())
                        .setName(registered.getName())
                        .setCurrency(registered.getCurrency())
                        .setReview(registered.getReview())
                        .setCreated(registered.getAt())
                        .setLastUpdated(registered.getAt())
                        .setVersion(event.version())
                        .setCreatedPosition(event.position())
                        .build());
    }

    /** Changes a restaurant as an event says; when that was. */
    private static Timestamp change(Happening event, RestaurantView.Builder restaurant)
            throws UnknownEventException, InvalidProtocolBufferException {
        return switch (event.type()) {
            case "waybill.restaurant.v1.RestaurantRegistered" -> throw event.outOfPlace();
            case "waybill.restaurant.v1.RestaurantUpdated" ->
                    update(RestaurantUpdated.parseFrom(event.data()), restaurant);
            case "waybill.restaurant.v1.RestaurantOpened" -> {
                restaurant.setOpen(true);
                yield RestaurantOpened.parseFrom(event.data()).getAt();
            }
            case "waybill.restaurant.v1.RestaurantClosed" -> {
                restaurant.setOpen(false);
                yield RestaurantClosed.parseFrom(event.data()).getAt();
            }
            case "waybill.restaurant.v1.ItemSet" -> {
                ItemSet set = ItemSet.parseFrom(event.data());
                Menu.of(restaurant).set(set);
                yield set.getAt();
            }
            case "waybill.restaurant.v1.ItemsReserved" -> {
                ItemsReserved reserved = ItemsReserved.parseFrom(event.data());
                Menu.of(restaurant).restock(reserved.getItemsList(), Stock::reserve, event);
                yield reserved.getAt();
            }
            case "waybill.restaurant.v1.ItemsReleased" -> {
                ItemsReleased released = ItemsReleased.parseFrom(event.data());
                Menu.of(restaurant).restock(released.getItemsList(), Stock::release, event);
                yield released.getAt();
            }
            case "waybill.restaurant.v1.ItemsTaken" -> {
                ItemsTaken taken = ItemsTaken.parseFrom(event.data());
                Menu.of(restaurant).restock(taken.getItemsList(), Stock::take, event);
                yield taken.getAt();
            }
            case "waybill.restaurant.v1.Reviewed" -> Reviewed.parseFrom(event.data()).getAt();
            default -> throw event.unknown();
        };
    }

    private static Timestamp update(RestaurantUpdated updated, RestaurantView.Builder restaurant) {
        if (updated.hasName()) {
            restaurant.setName(updated.getName());
        }
        if (updated.hasReview()) {
            restaurant.setReview(updated.getReview());
        }
        return updated.getAt();
    }
}
