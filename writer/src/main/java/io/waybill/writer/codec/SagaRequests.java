package io.waybill.writer.codec;

import com.google.protobuf.Message;

import io.waybill.catalogue.Ids;
import io.waybill.proto.account.v1.DebitPayment;
import io.waybill.proto.account.v1.VoidPayment;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.contact.v1.AuthorizeCustomer;
import io.waybill.proto.restaurant.v1.ReleaseItems;
import io.waybill.proto.restaurant.v1.ReserveItems;
import io.waybill.proto.restaurant.v1.ReviewOrder;
import io.waybill.proto.restaurant.v1.TakeItems;
import io.waybill.proto.shopping.v1.CancelShoppingList;
import io.waybill.proto.shopping.v1.CreateShoppingList;
import io.waybill.proto.shopping.v1.InitiateShopping;
import io.waybill.wire.identity.Principal;
import io.waybill.writer.decide.SagaRequest;
import io.waybill.writer.saga.Ask;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;

/** What a saga asks, as the commands that participants understand. */
final class SagaRequests {

    private SagaRequests() {}

    static SagaRequest of(String orderId, Request request) {
        Outstanding outstanding = request.outstanding();
        return new SagaRequest(
                command(request.ask(), done(orderId, outstanding)),
                SagaCause.newBuilder()
                        .setOrderId(orderId)
                        .setStep(outstanding.step().name())
                        .setUndo(outstanding.undo())
                        .setAttempt(outstanding.attempt())
                        .build());
    }

    /** The command that did the step: before the pivot there is one attempt at each. */
    private static CommandIdentity done(String orderId, Outstanding outstanding) {
        return CommandIdentity.newBuilder()
                .setPrincipal(Principal.SAGA.name())
                .setCommandId(
                        Ids.sagaCommand(
                                orderId,
                                outstanding.step().name(),
                                false,
                                Outstanding.FIRST_ATTEMPT))
                .build();
    }

    private static Message command(Ask ask, CommandIdentity undoes) {
        return switch (ask) {
            case Ask.AuthorizeCustomer(var customer) ->
                    AuthorizeCustomer.newBuilder().setId(customer).build();
            case Ask.ReserveItems(var restaurant, var order, var items) ->
                    ReserveItems.newBuilder()
                            .setId(restaurant)
                            .setOrderId(order)
                            .addAllItems(ProtoItems.of(items))
                            .build();
            case Ask.ReleaseItems(var restaurant, var order) ->
                    ReleaseItems.newBuilder()
                            .setId(restaurant)
                            .setOrderId(order)
                            .setUndoes(undoes)
                            .build();
            case Ask.CreateShoppingList(var order, var restaurant, var items) ->
                    CreateShoppingList.newBuilder()
                            .setOrderId(order)
                            .setRestaurantId(restaurant)
                            .addAllItems(ProtoItems.of(items))
                            .build();
            case Ask.CancelShoppingList(var order) ->
                    CancelShoppingList.newBuilder().setOrderId(order).setUndoes(undoes).build();
            case Ask.DebitPayment debit -> debit(debit);
            case Ask.VoidPayment(var customer, var order) ->
                    VoidPayment.newBuilder()
                            .setCustomerId(customer)
                            .setOrderId(order)
                            .setUndoes(undoes)
                            .build();
            case Ask.ReviewOrder(var restaurant, var order) ->
                    ReviewOrder.newBuilder().setId(restaurant).setOrderId(order).build();
            case Ask.TakeItems(var restaurant, var order, var items) ->
                    TakeItems.newBuilder()
                            .setId(restaurant)
                            .setOrderId(order)
                            .addAllItems(ProtoItems.of(items))
                            .build();
            case Ask.InitiateShopping(var order) ->
                    InitiateShopping.newBuilder().setOrderId(order).build();
        };
    }

    private static DebitPayment debit(Ask.DebitPayment debit) {
        DebitPayment.Builder message =
                DebitPayment.newBuilder()
                        .setCustomerId(debit.customerId())
                        .setOrderId(debit.orderId())
                        .setAmount(ProtoMoney.of(debit.amount()));
        if (!debit.paymentId().isEmpty()) {
            message.setPaymentId(debit.paymentId());
        }
        return message.build();
    }
}
