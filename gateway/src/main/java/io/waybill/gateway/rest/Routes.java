package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;

import io.grpc.MethodDescriptor;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.gateway.rest.Route.Action;
import io.waybill.gateway.rest.Route.ReadCommand;
import io.waybill.gateway.rest.Route.ReadList;
import io.waybill.gateway.rest.Route.ReadOne;
import io.waybill.gateway.rest.Route.ReadOrder;
import io.waybill.gateway.rest.Route.Submit;
import io.waybill.gateway.rest.Route.SubmitOrder;
import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.account.v1.ReleasePayment;
import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.DisableContact;
import io.waybill.proto.contact.v1.EnableContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.order.v1.CollectOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.proto.reader.v1.AccountReaderGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.GetHistoryRequest;
import io.waybill.proto.reader.v1.GetHistoryResponse;
import io.waybill.proto.reader.v1.HistoryReaderGrpc;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.proto.reader.v1.ListMovementsRequest;
import io.waybill.proto.reader.v1.ListMovementsResponse;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.ListRestaurantsRequest;
import io.waybill.proto.reader.v1.ListRestaurantsResponse;
import io.waybill.proto.reader.v1.ListShoppingListsRequest;
import io.waybill.proto.reader.v1.ListShoppingListsResponse;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc;
import io.waybill.proto.restaurant.v1.CloseRestaurant;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.proto.restaurant.v1.UpdateRestaurant;
import io.waybill.proto.shopping.v1.AssignShoppingList;
import io.waybill.proto.shopping.v1.CompleteShoppingList;

import java.util.List;

/** The table of routes: all that there is below {@code /api}, in the order of the document. */
final class Routes {

    private static final GetHistoryRequest OF_AN_ORDER =
            GetHistoryRequest.newBuilder().setAggregate("order").build();

    static final List<Route> ALL =
            List.of(
                    new Route(
                            "POST",
                            Template.of("/orders"),
                            "createOrder",
                            "Orders something. It then runs by itself to APPROVED, or is undone step by step.",
                            new SubmitOrder(type(CreateOrder.getDescriptor()))),
                    list(
                            "/orders",
                            "listOrders",
                            "Orders, newest first; those that wait by their deadlines.",
                            newestFirst(
                                    OrderReaderGrpc.getListOrdersMethod(),
                                    ListOrdersRequest.getDefaultInstance(),
                                    ListOrdersResponse.getDefaultInstance())),
                    new Route(
                            "GET",
                            Template.of("/orders/{id}"),
                            "getOrder",
                            "An order with its saga, from the moment on that it was accepted; 410 with the reason when its command came to nothing.",
                            new ReadOrder()),
                    list(
                            "/orders/{id}/history",
                            "listOrderHistory",
                            "What happened to an order, oldest first.",
                            oldestFirst(
                                    HistoryReaderGrpc.getGetHistoryMethod(),
                                    OF_AN_ORDER,
                                    GetHistoryResponse.getDefaultInstance())),
                    submit(
                            "POST",
                            "/orders/{id}/cancel",
                            CancelOrder.getDescriptor(),
                            "Takes an order back, while the restaurant has not approved it."),
                    submit(
                            "POST",
                            "/orders/{id}/collect",
                            CollectOrder.getDescriptor(),
                            "Says that an order that is ready was picked up."),
                    submit(
                            "POST",
                            "/orders/{id}/approve",
                            ApproveOrder.getDescriptor(),
                            "As the restaurant's person: takes an order whose review is open."),
                    submit(
                            "POST",
                            "/orders/{id}/decline",
                            DeclineOrder.getDescriptor(),
                            "As the restaurant's person: declines an order whose review is open."),
                    submit(
                            "POST",
                            "/orders/{id}/retry",
                            RetryStep.getDescriptor(),
                            "Asks an order's saga to try a step again now, instead of when it wakes up by itself."),
                    submit(
                            "POST",
                            "/contacts",
                            AddContact.getDescriptor(),
                            "Adds a contact, who may then be a customer."),
                    list(
                            "/contacts",
                            "listContacts",
                            "Contacts, oldest first.",
                            oldestFirst(
                                    ContactReaderGrpc.getListContactsMethod(),
                                    ListContactsRequest.getDefaultInstance(),
                                    ListContactsResponse.getDefaultInstance())),
                    read("/contacts/{id}", "getContact", "A contact.", ViewKind.CONTACT),
                    submit(
                            "PATCH",
                            "/contacts/{id}",
                            UpdateContact.getDescriptor(),
                            "Changes what is given of a contact; an empty e-mail or phone clears it."),
                    submit(
                            "DELETE",
                            "/contacts/{id}",
                            DeleteContact.getDescriptor(),
                            "Deletes a contact."),
                    submit(
                            "POST",
                            "/contacts/{id}/enable",
                            EnableContact.getDescriptor(),
                            "Lets a customer order again."),
                    submit(
                            "POST",
                            "/contacts/{id}/disable",
                            DisableContact.getDescriptor(),
                            "Lets a customer order nothing until enabled again."),
                    read(
                            "/accounts/{customer_id}",
                            "getAccount",
                            "A customer's account; there is one from the first deposit on.",
                            ViewKind.ACCOUNT),
                    list(
                            "/accounts/{customer_id}/statement",
                            "listStatement",
                            "The movements of an account, oldest first, each with the balance that it left.",
                            oldestFirst(
                                    AccountReaderGrpc.getListMovementsMethod(),
                                    ListMovementsRequest.getDefaultInstance(),
                                    ListMovementsResponse.getDefaultInstance())),
                    submit(
                            "POST",
                            "/accounts/{customer_id}/deposits",
                            Deposit.getDescriptor(),
                            "Pays money in. The first deposit opens the account and fixes its currency."),
                    submit(
                            "POST",
                            "/accounts/{customer_id}/withdrawals",
                            Withdraw.getDescriptor(),
                            "Pays money out of the balance."),
                    submit(
                            "POST",
                            "/accounts/{customer_id}/payments",
                            AuthorizePayment.getDescriptor(),
                            "Holds money for one payment to come; the command_id is the payment's id."),
                    submit(
                            "DELETE",
                            "/accounts/{customer_id}/payments/{payment_id}",
                            ReleasePayment.getDescriptor(),
                            "Frees the money that is held for a payment."),
                    submit(
                            "POST",
                            "/restaurants",
                            RegisterRestaurant.getDescriptor(),
                            "Registers a restaurant. It is closed, with an empty menu."),
                    list(
                            "/restaurants",
                            "listRestaurants",
                            "Restaurants with their menus, oldest first.",
                            oldestFirst(
                                    RestaurantReaderGrpc.getListRestaurantsMethod(),
                                    ListRestaurantsRequest.getDefaultInstance(),
                                    ListRestaurantsResponse.getDefaultInstance())),
                    read(
                            "/restaurants/{id}",
                            "getRestaurant",
                            "A restaurant with its menu and stock.",
                            ViewKind.RESTAURANT),
                    submit(
                            "PATCH",
                            "/restaurants/{id}",
                            UpdateRestaurant.getDescriptor(),
                            "Changes what is given of a restaurant and leaves the rest."),
                    submit(
                            "PUT",
                            "/restaurants/{id}/items/{code}",
                            SetItem.getDescriptor(),
                            "Puts an item on the menu, or changes its name, price and stock."),
                    submit(
                            "POST",
                            "/restaurants/{id}/open",
                            OpenRestaurant.getDescriptor(),
                            "Lets a restaurant take orders."),
                    submit(
                            "POST",
                            "/restaurants/{id}/close",
                            CloseRestaurant.getDescriptor(),
                            "Lets a restaurant take no more orders; what is approved goes on."),
                    list(
                            "/shopping-lists",
                            "listShoppingLists",
                            "Shopping lists, oldest first: what the kitchen has to do.",
                            oldestFirst(
                                    ShoppingReaderGrpc.getListShoppingListsMethod(),
                                    ListShoppingListsRequest.getDefaultInstance(),
                                    ListShoppingListsResponse.getDefaultInstance())),
                    read(
                            "/shopping-lists/{order_id}",
                            "getShoppingList",
                            "The shopping list of an order.",
                            ViewKind.SHOPPING),
                    submit(
                            "POST",
                            "/shopping-lists/{order_id}/assign",
                            AssignShoppingList.getDescriptor(),
                            "Gives a shopping list to somebody."),
                    submit(
                            "POST",
                            "/shopping-lists/{order_id}/complete",
                            CompleteShoppingList.getDescriptor(),
                            "Says that all is put together: the order becomes READY."),
                    new Route(
                            "GET",
                            Template.of("/commands/{id}"),
                            "getCommand",
                            "What became of a command of yours.",
                            new ReadCommand()));

    private Routes() {}

    private static CommandType type(Descriptor message) {
        return CommandCatalogue.standard().of(message);
    }

    /** A command, under the name that it has at every door: its message's. */
    private static Route submit(String method, String path, Descriptor command, String summary) {
        String message = command.getName();
        String name = Character.toLowerCase(message.charAt(0)) + message.substring(1);
        return new Route(method, Template.of(path), name, summary, new Submit(type(command)));
    }

    private static Route read(String path, String name, String summary, ViewKind kind) {
        return new Route("GET", Template.of(path), name, summary, new ReadOne(kind));
    }

    private static Route list(String path, String name, String summary, Listing listing) {
        Template template = Template.of(path);
        Action action =
                new ReadList(
                        listing.method(),
                        listing.start(),
                        Parameter.of(listing.start(), template.variables()),
                        listing.answer(),
                        listing.newestFirst());
        return new Route("GET", template, name, summary, action);
    }

    private record Listing(
            MethodDescriptor<Message, Message> method,
            Message start,
            Message answer,
            boolean newestFirst) {}

    private static <Q extends Message, A extends Message> Listing oldestFirst(
            MethodDescriptor<Q, A> method, Q start, A answer) {
        return new Listing(untyped(method), start, answer, false);
    }

    private static <Q extends Message, A extends Message> Listing newestFirst(
            MethodDescriptor<Q, A> method, Q start, A answer) {
        return new Listing(untyped(method), start, answer, true);
    }

    @SuppressWarnings("unchecked") // a request is of the class that its method takes
    private static <Q extends Message, A extends Message>
            MethodDescriptor<Message, Message> untyped(MethodDescriptor<Q, A> method) {
        return (MethodDescriptor<Message, Message>) (MethodDescriptor<?, ?>) method;
    }
}
