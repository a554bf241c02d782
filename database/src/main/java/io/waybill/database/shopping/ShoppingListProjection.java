package io.waybill.database.shopping;

import static io.waybill.database.projection.Part.number;
import static io.waybill.database.projection.Part.text;
import static io.waybill.proto.shopping.v1.ShoppingListStatus.SHOPPING_LIST_STATUS_ASSIGNED;
import static io.waybill.proto.shopping.v1.ShoppingListStatus.SHOPPING_LIST_STATUS_CANCELLED;
import static io.waybill.proto.shopping.v1.ShoppingListStatus.SHOPPING_LIST_STATUS_COMPLETED;
import static io.waybill.proto.shopping.v1.ShoppingListStatus.SHOPPING_LIST_STATUS_CREATED;
import static io.waybill.proto.shopping.v1.ShoppingListStatus.SHOPPING_LIST_STATUS_INITIATED;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;

import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Happening;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Part;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.shopping.v1.ShoppingListAssigned;
import io.waybill.proto.shopping.v1.ShoppingListCancelled;
import io.waybill.proto.shopping.v1.ShoppingListCompleted;
import io.waybill.proto.shopping.v1.ShoppingListCreated;
import io.waybill.proto.shopping.v1.ShoppingListInitiated;
import io.waybill.proto.shopping.v1.ShoppingListView;

import java.util.List;
import java.util.function.UnaryOperator;

/** Shopping lists as they are now, by the id of their order; always in the order of creation. */
public final class ShoppingListProjection implements AggregateProjection<ShoppingListView> {

    public static final String NAME = "shopping";

    private static final Part<ShoppingListView> RESTAURANT =
            text(ShoppingListView::getRestaurantId);
    private static final Part<ShoppingListView> STATUS = number(ShoppingListView::getStatusValue);
    private static final Part<ShoppingListView> POSITION =
            number(ShoppingListView::getCreatedPosition);

    private static final List<Index<ShoppingListView>> INDEXES =
            List.of(
                    Index.of("created", POSITION),
                    Index.of("restaurant", RESTAURANT, POSITION),
                    Index.of("status", STATUS, POSITION),
                    Index.of("restaurant-status", RESTAURANT, STATUS, POSITION));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String aggregate() {
        return "shopping";
    }

    @Override
    public Parser<ShoppingListView> parser() {
        return ShoppingListView.parser();
    }

    @Override
    public List<Index<ShoppingListView>> indexes() {
        return INDEXES;
    }

    @Override
    public void apply(Happening event, Rows<ShoppingListView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        switch (event.type()) {
            case "waybill.shopping.v1.ShoppingListCreated" ->
                    create(ShoppingListCreated.parseFrom(event.data()), event, rows);
            case "waybill.shopping.v1.ShoppingListInitiated" ->
                    change(
                            event,
                            ShoppingListInitiated.parseFrom(event.data()).getAt(),
                            rows,
                            list -> list.setStatus(SHOPPING_LIST_STATUS_INITIATED));
            case "waybill.shopping.v1.ShoppingListAssigned" -> {
                ShoppingListAssigned assigned = ShoppingListAssigned.parseFrom(event.data());
                change(
                        event,
                        assigned.getAt(),
                        rows,
                        list ->
                                list.setStatus(SHOPPING_LIST_STATUS_ASSIGNED)
                                        .setAssignee(assigned.getAssignee()));
            }
            case "waybill.shopping.v1.ShoppingListCompleted" ->
                    change(
                            event,
                            ShoppingListCompleted.parseFrom(event.data()).getAt(),
                            rows,
                            list -> list.setStatus(SHOPPING_LIST_STATUS_COMPLETED));
            case "waybill.shopping.v1.ShoppingListCancelled" ->
                    change(
                            event,
                            ShoppingListCancelled.parseFrom(event.data()).getAt(),
                            rows,
                            list -> list.setStatus(SHOPPING_LIST_STATUS_CANCELLED));
            default -> throw event.unknown();
        }
    }

    private static void create(
            ShoppingListCreated created, Happening event, Rows<ShoppingListView> rows)
            throws UnknownEventException {
        if (!event.isFirst()) {
            throw event.outOfPlace();
        }
        rows.insert(
                event.key(),
                ShoppingListView.newBuilder()
                        .setOrderId(created.getOrderId())
                        .setRestaurantId(created.getRestaurantId())
                        .addAllItems(created.getItemsList())
                        .setStatus(SHOPPING_LIST_STATUS_CREATED)
                        .setCreated(created.getAt())
                        .setLastUpdated(created.getAt())
                        .setVersion(event.version())
                        .setCreatedPosition(event.position())
                        .build());
    }

    private static void change(
            Happening event,
            Timestamp at,
            Rows<ShoppingListView> rows,
            UnaryOperator<ShoppingListView.Builder> change)
            throws UnknownEventException {
        ShoppingListView list = rows.find(event.key()).orElseThrow(event::outOfPlace);
        rows.put(
                event.key(),
                change.apply(list.toBuilder())
                        .setLastUpdated(at)
                        .setVersion(event.version())
                        .build());
    }
}
