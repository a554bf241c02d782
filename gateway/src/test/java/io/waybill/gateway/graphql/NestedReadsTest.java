package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInContacts;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.reader.v1.AccountReaderGrpc;
import io.waybill.proto.reader.v1.BatchGetAccountsResponse;
import io.waybill.proto.reader.v1.BatchGetRestaurantsResponse;
import io.waybill.proto.reader.v1.BatchGetShoppingListsResponse;
import io.waybill.proto.reader.v1.ListOrdersResponse;
import io.waybill.proto.reader.v1.OrderEdge;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.shopping.v1.ShoppingListStatus;
import io.waybill.proto.shopping.v1.ShoppingListView;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What is nested in a page of orders is read once for each kind, however many orders there are. */
class NestedReadsTest {

    private static final int ORDERS = 20;
    private static final int CUSTOMERS = 7;
    private static final int RESTAURANTS = 3;

    @Test
    void a_page_of_orders_with_all_that_is_nested_in_them_is_five_questions_to_the_reader() {
        try (StandInGateway gateway = StandInGateway.start()) {
            furnish(gateway.contacts());

            var answer =
                    new HttpDoor(gateway.at("/graphql"))
                            .execute(
                                    """
                                    { orders { nodes { customer { name account { balance { amount } } }
                                                       restaurant { name } shopping_list { status } } } }
                                    """);

            JsonNode orders = answer.data().path("orders").path("nodes");
            assertThat(orders).hasSize(ORDERS);
            assertThat(orders.get(ORDERS - 1))
                    .hasToString(
                            "{\"customer\":{\"name\":\"Customer 5\",\"account\":{\"balance\":{\"amount\":\"5.00\"}}},\"restaurant\":{\"name\":\"Restaurant 1\"},\"shopping_list\":{\"status\":\"INITIATED\"}}");
            assertThat(gateway.contacts().calls())
                    .extracting(call -> call.what().split(" ", 2)[0])
                    .containsExactlyInAnyOrder(
                            "ListOrders",
                            "byIds",
                            "BatchGetRestaurants",
                            "BatchGetShoppingLists",
                            "BatchGetAccounts");
        }
    }

    private static void furnish(StandInContacts reader) {
        var orders = ListOrdersResponse.newBuilder();
        var lists = BatchGetShoppingListsResponse.newBuilder();
        for (int i = 0; i < ORDERS; i++) {
            orders.addEdges(
                    OrderEdge.newBuilder()
                            .setNode(
                                    OrderView.newBuilder()
                                            .setId(id("order", i))
                                            .setCustomerId(id("customer", i % CUSTOMERS))
                                            .setRestaurantId(id("restaurant", i % RESTAURANTS))));
            lists.addShoppingLists(
                    ShoppingListView.newBuilder()
                            .setOrderId(id("order", i))
                            .setStatus(ShoppingListStatus.SHOPPING_LIST_STATUS_INITIATED));
        }
        var accounts = BatchGetAccountsResponse.newBuilder();
        for (int i = 0; i < CUSTOMERS; i++) {
            reader.put(id("customer", i), "Customer " + i);
            accounts.addAccounts(
                    AccountView.newBuilder()
                            .setCustomerId(id("customer", i))
                            .setBalance(Money.newBuilder().setCurrency("EUR").setMinor(i * 100L)));
        }
        var restaurants = BatchGetRestaurantsResponse.newBuilder();
        for (int i = 0; i < RESTAURANTS; i++) {
            restaurants.addRestaurants(
                    RestaurantView.newBuilder()
                            .setId(id("restaurant", i))
                            .setName("Restaurant " + i));
        }
        reader.answers(OrderReaderGrpc.getListOrdersMethod(), orders.build());
        reader.answers(ShoppingReaderGrpc.getBatchGetShoppingListsMethod(), lists.build());
        reader.answers(AccountReaderGrpc.getBatchGetAccountsMethod(), accounts.build());
        reader.answers(RestaurantReaderGrpc.getBatchGetRestaurantsMethod(), restaurants.build());
    }

    private static String id(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + number).getBytes(StandardCharsets.UTF_8)).toString();
    }
}
