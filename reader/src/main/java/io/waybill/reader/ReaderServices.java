package io.waybill.reader;

import io.grpc.BindableService;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.account.v1.MovementView;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.shopping.v1.ShoppingListView;
import io.waybill.reader.account.AccountReaderService;
import io.waybill.reader.command.CommandReaderService;
import io.waybill.reader.contact.ContactReaderService;
import io.waybill.reader.deadletter.DeadLetterReaderService;
import io.waybill.reader.history.HistoryReaderService;
import io.waybill.reader.order.OrderReaderService;
import io.waybill.reader.protocol.OlderContactReaderService;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.restaurant.RestaurantReaderService;
import io.waybill.reader.shopping.ShoppingReaderService;
import io.waybill.reader.store.StoreReaderService;
import io.waybill.reader.view.Views;

import java.util.List;

/** What the reader offers: a service for each kind of thing that can be read. */
final class ReaderServices {

    private ReaderServices() {}

    static List<BindableService> of(Database database, ReadTerms.Rules terms) {
        Views<ContactView> contacts =
                new Views<>(
                        database, "contact", ContactView.parser(), "contact with id %s not found");
        return List.of(
                new ContactReaderService(contacts, terms),
                new OlderContactReaderService(contacts),
                new OrderReaderService(
                        new Views<>(
                                database,
                                "order",
                                OrderView.parser(),
                                "order with id %s not found"),
                        terms),
                new AccountReaderService(
                        new Views<>(
                                database,
                                "account",
                                AccountView.parser(),
                                "account of customer %s not found"),
                        new Views<>(
                                database,
                                "movement",
                                MovementView.parser(),
                                "movement %s not found"),
                        terms),
                new RestaurantReaderService(
                        new Views<>(
                                database,
                                "restaurant",
                                RestaurantView.parser(),
                                "restaurant with id %s not found"),
                        terms),
                new ShoppingReaderService(
                        new Views<>(
                                database,
                                "shopping",
                                ShoppingListView.parser(),
                                "shopping list of order %s not found"),
                        terms),
                new DeadLetterReaderService(
                        new Views<>(
                                database,
                                "dead-letter",
                                DeadLetterView.parser(),
                                "dead letter with command id %s not found"),
                        terms),
                new HistoryReaderService(database, terms),
                new CommandReaderService(database),
                new StoreReaderService(database));
    }
}
