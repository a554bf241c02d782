package io.waybill.database.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.database.Commits;
import io.waybill.database.projection.Folded;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.shopping.v1.ShoppingListAssigned;
import io.waybill.proto.shopping.v1.ShoppingListCancelled;
import io.waybill.proto.shopping.v1.ShoppingListCompleted;
import io.waybill.proto.shopping.v1.ShoppingListCreated;
import io.waybill.proto.shopping.v1.ShoppingListInitiated;
import io.waybill.proto.shopping.v1.ShoppingListStatus;
import io.waybill.proto.shopping.v1.ShoppingListView;

import org.junit.jupiter.api.Test;

class ShoppingListProjectionTest {

    private final Commits log = new Commits();
    private final Folded<ShoppingListView> lists = new Folded<>(new ShoppingListProjection());

    private ShoppingListView happens(Message event) {
        lists.then(log.of("shopping/o", event));
        return lists.row("o");
    }

    private ShoppingListView created() {
        return happens(
                ShoppingListCreated.newBuilder()
                        .setOrderId("o")
                        .setRestaurantId("r")
                        .addItems(Item.newBuilder().setCode("pizza").setQuantity(2))
                        .setAt(log.now())
                        .build());
    }

    @Test
    void a_list_goes_from_created_to_completed() {
        ShoppingListView created = created();
        assertThat(created.getStatus()).isEqualTo(ShoppingListStatus.SHOPPING_LIST_STATUS_CREATED);
        assertThat(created.getRestaurantId()).isEqualTo("r");
        assertThat(created.getItemsList()).hasSize(1);
        assertThat(created.hasAssignee()).isFalse();

        assertThat(happens(ShoppingListInitiated.newBuilder().setAt(log.now()).build()).getStatus())
                .isEqualTo(ShoppingListStatus.SHOPPING_LIST_STATUS_INITIATED);
        ShoppingListView assigned =
                happens(
                        ShoppingListAssigned.newBuilder()
                                .setAssignee("Luigi")
                                .setAt(log.now())
                                .build());
        assertThat(assigned.getStatus())
                .isEqualTo(ShoppingListStatus.SHOPPING_LIST_STATUS_ASSIGNED);
        assertThat(assigned.getAssignee()).isEqualTo("Luigi");
        ShoppingListView completed =
                happens(ShoppingListCompleted.newBuilder().setAt(log.now()).build());
        assertThat(completed.getStatus())
                .isEqualTo(ShoppingListStatus.SHOPPING_LIST_STATUS_COMPLETED);
        assertThat(completed.getVersion()).isEqualTo(4);
        assertThat(completed.getLastUpdated()).isEqualTo(Commits.at(4));
        assertThat(completed.getCreatedPosition()).isEqualTo(1);
    }

    @Test
    void a_list_that_is_cancelled_stays_as_such() {
        created();
        assertThat(happens(ShoppingListCancelled.newBuilder().setAt(log.now()).build()).getStatus())
                .isEqualTo(ShoppingListStatus.SHOPPING_LIST_STATUS_CANCELLED);
    }
}
