package io.waybill.writer.codec;

import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.shopping.v1.AssignShoppingList;
import io.waybill.proto.shopping.v1.CancelShoppingList;
import io.waybill.proto.shopping.v1.CompleteShoppingList;
import io.waybill.proto.shopping.v1.CreateShoppingList;
import io.waybill.proto.shopping.v1.InitiateShopping;
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.shopping.ShoppingCommand;
import io.waybill.writer.shopping.ShoppingDecider;
import io.waybill.writer.shopping.ShoppingEvent;
import io.waybill.writer.shopping.ShoppingList;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Shopping lists for the pipeline: the domain's decisions, read from and written as protobuf. */
public final class ShoppingCodec implements AggregateType<ShoppingList> {

    @Override
    public String name() {
        return "shopping";
    }

    @Override
    public ShoppingList initial() {
        return ShoppingDecider.initial();
    }

    @Override
    public ShoppingList evolve(ShoppingList state, RecordedEvent event) {
        return ShoppingDecider.evolve(state, ShoppingEvents.STORED.read(event));
    }

    @Override
    public Decision decide(Asked asked, ShoppingList state) {
        return StoredDecision.of(ShoppingDecider.decide(read(asked), state), ShoppingEvents::write);
    }

    static ShoppingCommand read(Asked asked) {
        String id = asked.id();
        Instant at = asked.at().truncatedTo(ChronoUnit.MICROS);
        return switch (asked.command().message()) {
            case CreateShoppingList create ->
                    new ShoppingCommand.Create(
                            id,
                            create.getRestaurantId(),
                            ProtoItems.toItems(create.getItemsList()),
                            at);
            case InitiateShopping _ -> new ShoppingCommand.Initiate(id, at);
            case AssignShoppingList assign ->
                    new ShoppingCommand.Assign(id, assign.getAssignee(), at);
            case CompleteShoppingList _ -> new ShoppingCommand.Complete(id, at);
            case CancelShoppingList _ ->
                    new ShoppingCommand.Cancel(
                            id,
                            UndoneEvents.of(
                                    asked, ShoppingEvents.STORED, ShoppingEvent.Created.class),
                            at);
            default ->
                    throw new IllegalStateException(
                            asked.command().type().topic() + " is not a shopping list's command");
        };
    }
}
