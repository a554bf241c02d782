package io.waybill.reader;

import static io.waybill.reader.StoredWorld.NOW;
import static io.waybill.reader.StoredWorld.at;
import static io.waybill.reader.StoredWorld.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.grpc.Channel;
import io.grpc.Status;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.MovementView;
import io.waybill.proto.account.v1.Withdrawn;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.reader.v1.AccountReaderGrpc;
import io.waybill.proto.reader.v1.AccountReaderGrpc.AccountReaderBlockingStub;
import io.waybill.proto.reader.v1.BatchGetAccountsRequest;
import io.waybill.proto.reader.v1.BatchGetRestaurantsRequest;
import io.waybill.proto.reader.v1.BatchGetShoppingListsRequest;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.GetAccountRequest;
import io.waybill.proto.reader.v1.GetRestaurantRequest;
import io.waybill.proto.reader.v1.GetShoppingListRequest;
import io.waybill.proto.reader.v1.ListMovementsRequest;
import io.waybill.proto.reader.v1.ListMovementsResponse;
import io.waybill.proto.reader.v1.ListRestaurantsRequest;
import io.waybill.proto.reader.v1.ListShoppingListsRequest;
import io.waybill.proto.reader.v1.MovementEdge;
import io.waybill.proto.reader.v1.Page;
import io.waybill.proto.reader.v1.RestaurantOrder;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc.RestaurantReaderBlockingStub;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc.ShoppingReaderBlockingStub;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.RestaurantRegistered;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.shopping.v1.ShoppingListCreated;
import io.waybill.proto.shopping.v1.ShoppingListInitiated;
import io.waybill.proto.shopping.v1.ShoppingListStatus;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Accounts, restaurants and shopping lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParticipantReadersTest {

    private static final Page HUNDRED = Page.newBuilder().setFirst(100).build();

    private StoredWorld world;
    private AccountReaderBlockingStub accounts;
    private RestaurantReaderBlockingStub restaurants;
    private ShoppingReaderBlockingStub lists;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        world = new StoredWorld(folder);
        for (int i = 1; i <= 5; i++) {
            world.happens("account", "ada", deposited(100L * i));
        }
        world.happens(
                "account", "ada", Withdrawn.newBuilder().setAmount(money(50)).setAt(at(9)).build());
        world.happens("account", "bob", deposited(7));
        for (String name : new String[] {"Bella", "curry", "bellissima", "Asia"}) {
            world.happens(
                    "restaurant",
                    name,
                    RestaurantRegistered.newBuilder().setId(id(name)).setName(name).build(),
                    ItemSet.newBuilder().setCode("pizza").setOnHand(3).build());
        }
        list("o1", "Bella");
        list("o2", "curry");
        list("o3", "Bella");
        world.happens("shopping", "o3", ShoppingListInitiated.newBuilder().setAt(at(9)).build());
        Channel client = world.client();
        Duration patience = Duration.ofMinutes(5);
        accounts = AccountReaderGrpc.newBlockingStub(client).withDeadlineAfter(patience);
        restaurants = RestaurantReaderGrpc.newBlockingStub(client).withDeadlineAfter(patience);
        lists = ShoppingReaderGrpc.newBlockingStub(client).withDeadlineAfter(patience);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static Message deposited(long minor) {
        return Deposited.newBuilder().setAmount(money(minor)).setAt(at(minor)).build();
    }

    private static Money money(long minor) {
        return Money.newBuilder().setCurrency("EUR").setMinor(minor).build();
    }

    private void list(String order, String restaurant) {
        world.happens(
                "shopping",
                order,
                ShoppingListCreated.newBuilder()
                        .setOrderId(id(order))
                        .setRestaurantId(id(restaurant))
                        .build());
    }

    private static String notFound(ThrowingCallable call) {
        return RunningReader.failure(Status.Code.NOT_FOUND, ErrorCode.NOT_FOUND, call).sentence();
    }

    private static WaybillException refused(ThrowingCallable call) {
        return RunningReader.failure(Status.Code.INVALID_ARGUMENT, ErrorCode.BAD_USER_INPUT, call);
    }

    @Test
    void an_account_is_read_by_its_customer() {
        AccountView account =
                accounts.getAccount(
                                GetAccountRequest.newBuilder()
                                        .setCustomerId(id("ada"))
                                        .setReadAfter(NOW)
                                        .build())
                        .getAccount();
        assertThat(account.getBalance()).isEqualTo(money(1_450));
        assertThat(account.getDeposited()).isEqualTo(money(1_500));
        assertThat(
                        accounts.batchGetAccounts(
                                        BatchGetAccountsRequest.newBuilder()
                                                .addCustomerIds(id("bob"))
                                                .addCustomerIds(id("nobody"))
                                                .addCustomerIds(id("ada"))
                                                .build())
                                .getAccountsList())
                .extracting(AccountView::getCustomerId)
                .containsExactly(id("bob"), id("ada"));
        assertThat(
                        notFound(
                                () ->
                                        accounts.getAccount(
                                                GetAccountRequest.newBuilder()
                                                        .setCustomerId("x")
                                                        .build())))
                .isEqualTo("account of customer x not found");
    }

    private List<Long> balances(ListMovementsRequest.Builder request) {
        return accounts
                .listMovements(request.setCustomerId(id("ada")).setReadAfter(NOW).build())
                .getEdgesList()
                .stream()
                .map(MovementEdge::getNode)
                .map(MovementView::getBalance)
                .map(Money::getMinor)
                .toList();
    }

    @Test
    void a_statement_has_every_movement_with_the_balance_that_it_left() {
        assertThat(balances(ListMovementsRequest.newBuilder().setPage(HUNDRED)))
                .containsExactly(100L, 300L, 600L, 1_000L, 1_500L, 1_450L);
        assertThat(
                        balances(
                                ListMovementsRequest.newBuilder()
                                        .setPage(Page.newBuilder().setFirst(2))
                                        .setDirection(Direction.DIRECTION_DESCENDING)))
                .containsExactly(1_450L, 1_500L);
        assertThat(
                        balances(
                                ListMovementsRequest.newBuilder()
                                        .setPage(Page.newBuilder().setLast(1))))
                .containsExactly(1_450L);
    }

    @Test
    void a_cursor_of_one_statement_is_none_of_anothers() {
        ListMovementsResponse hers =
                accounts.listMovements(
                        ListMovementsRequest.newBuilder()
                                .setCustomerId(id("ada"))
                                .setPage(Page.newBuilder().setFirst(1))
                                .setReadAfter(NOW)
                                .build());
        WaybillException failure =
                refused(
                        () ->
                                accounts.listMovements(
                                        ListMovementsRequest.newBuilder()
                                                .setCustomerId(id("bob"))
                                                .setPage(
                                                        Page.newBuilder()
                                                                .setFirst(1)
                                                                .setAfter(
                                                                        hers.getEdges(0)
                                                                                .getCursor()))
                                                .build()));
        assertThat(failure.field()).contains("page.after");
    }

    @Test
    void a_restaurant_is_read_with_its_menu() {
        RestaurantView bella =
                restaurants
                        .getRestaurant(
                                GetRestaurantRequest.newBuilder()
                                        .setId(id("Bella"))
                                        .setReadAfter(NOW)
                                        .build())
                        .getRestaurant();
        assertThat(bella.getMenu(0).getAvailable()).isEqualTo(3);
        assertThat(
                        restaurants
                                .batchGetRestaurants(
                                        BatchGetRestaurantsRequest.newBuilder()
                                                .addIds(id("Asia"))
                                                .build())
                                .getRestaurantsCount())
                .isEqualTo(1);
        assertThat(
                        notFound(
                                () ->
                                        restaurants.getRestaurant(
                                                GetRestaurantRequest.getDefaultInstance())))
                .isEqualTo("restaurant with id '' not found");
    }

    private List<String> names(ListRestaurantsRequest.Builder request) {
        return restaurants
                .listRestaurants(request.setPage(HUNDRED).setReadAfter(NOW).build())
                .getEdgesList()
                .stream()
                .map(edge -> edge.getNode().getName())
                .toList();
    }

    @Test
    void restaurants_are_listed_by_creation_and_by_name_and_found_by_its_beginning() {
        assertThat(names(ListRestaurantsRequest.newBuilder()))
                .containsExactly("Bella", "curry", "bellissima", "Asia");
        assertThat(
                        names(
                                ListRestaurantsRequest.newBuilder()
                                        .setOrder(RestaurantOrder.RESTAURANT_ORDER_NAME)))
                .containsExactly("Asia", "Bella", "bellissima", "curry");
        assertThat(names(ListRestaurantsRequest.newBuilder().setNamePrefix("BELL")))
                .containsExactly("Bella", "bellissima");
        assertThat(
                        refused(
                                        () ->
                                                names(
                                                        ListRestaurantsRequest.newBuilder()
                                                                .setNamePrefix("b")
                                                                .setOrder(
                                                                        RestaurantOrder
                                                                                .RESTAURANT_ORDER_CREATED)))
                                .field())
                .contains("order");
    }

    private List<String> orders(ListShoppingListsRequest.Builder request) {
        return lists
                .listShoppingLists(request.setPage(HUNDRED).setReadAfter(NOW).build())
                .getEdgesList()
                .stream()
                .map(edge -> edge.getNode().getOrderId())
                .toList();
    }

    @Test
    void shopping_lists_are_found_by_restaurant_and_status_both_or_none() {
        ShoppingListStatus initiated = ShoppingListStatus.SHOPPING_LIST_STATUS_INITIATED;
        ShoppingListStatus created = ShoppingListStatus.SHOPPING_LIST_STATUS_CREATED;
        assertThat(orders(ListShoppingListsRequest.newBuilder()))
                .containsExactly(id("o1"), id("o2"), id("o3"));
        assertThat(orders(ListShoppingListsRequest.newBuilder().setRestaurantId(id("Bella"))))
                .containsExactly(id("o1"), id("o3"));
        assertThat(orders(ListShoppingListsRequest.newBuilder().setStatus(created)))
                .containsExactly(id("o1"), id("o2"));
        assertThat(
                        orders(
                                ListShoppingListsRequest.newBuilder()
                                        .setRestaurantId(id("Bella"))
                                        .setStatus(initiated)))
                .containsExactly(id("o3"));
        assertThat(
                        refused(
                                        () ->
                                                orders(
                                                        ListShoppingListsRequest.newBuilder()
                                                                .setStatusValue(77)))
                                .field())
                .contains("status");
    }

    @Test
    void a_shopping_list_is_read_by_its_order() {
        assertThat(
                        lists.getShoppingList(
                                        GetShoppingListRequest.newBuilder()
                                                .setOrderId(id("o2"))
                                                .setReadAfter(NOW)
                                                .build())
                                .getShoppingList()
                                .getRestaurantId())
                .isEqualTo(id("curry"));
        assertThat(
                        lists.batchGetShoppingLists(
                                        BatchGetShoppingListsRequest.newBuilder()
                                                .addOrderIds(id("o1"))
                                                .build())
                                .getShoppingListsCount())
                .isEqualTo(1);
        assertThat(
                        refused(
                                        () ->
                                                lists.batchGetShoppingLists(
                                                        BatchGetShoppingListsRequest
                                                                .getDefaultInstance()))
                                .field())
                .contains("order_ids");
    }
}
