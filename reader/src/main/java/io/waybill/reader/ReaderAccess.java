package io.waybill.reader;

import io.waybill.proto.reader.v1.AccountReaderGrpc;
import io.waybill.proto.reader.v1.CommandReaderGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.DeadLetterReaderGrpc;
import io.waybill.proto.reader.v1.HistoryReaderGrpc;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.grpc.Access;
import io.waybill.wire.identity.Role;

import java.util.Set;

/** Who may call the reader: anyone, but for what only gateways need. */
final class ReaderAccess {

    private ReaderAccess() {}

    static Access table() {
        return Access.builder()
                .anyone(
                        ContactReaderGrpc.getGetContactMethod(),
                        ContactReaderGrpc.getBatchGetContactsMethod(),
                        ContactReaderGrpc.getListContactsMethod(),
                        OrderReaderGrpc.getGetOrderMethod(),
                        OrderReaderGrpc.getBatchGetOrdersMethod(),
                        OrderReaderGrpc.getListOrdersMethod(),
                        AccountReaderGrpc.getGetAccountMethod(),
                        AccountReaderGrpc.getBatchGetAccountsMethod(),
                        AccountReaderGrpc.getListMovementsMethod(),
                        RestaurantReaderGrpc.getGetRestaurantMethod(),
                        RestaurantReaderGrpc.getBatchGetRestaurantsMethod(),
                        RestaurantReaderGrpc.getListRestaurantsMethod(),
                        ShoppingReaderGrpc.getGetShoppingListMethod(),
                        ShoppingReaderGrpc.getBatchGetShoppingListsMethod(),
                        ShoppingReaderGrpc.getListShoppingListsMethod(),
                        HistoryReaderGrpc.getGetHistoryMethod(),
                        HistoryReaderGrpc.getGetAtMethod(),
                        DeadLetterReaderGrpc.getGetDeadLetterMethod(),
                        DeadLetterReaderGrpc.getListDeadLettersMethod(),
                        CommandReaderGrpc.getGetCommandMethod(),
                        io.waybill.proto.protocol.ContactReaderGrpc.getGetContactMethod(),
                        io.waybill.proto.protocol.ContactReaderGrpc.getListContactsMethod())
                .only(Set.of(Role.GATEWAY), StoreReaderGrpc.getGetStoreMethod())
                .build();
    }
}
