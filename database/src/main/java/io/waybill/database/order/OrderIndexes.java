package io.waybill.database.order;

import static io.waybill.database.projection.Part.number;
import static io.waybill.database.projection.Part.text;
import static io.waybill.database.projection.Part.texts;
import static io.waybill.database.projection.Part.time;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.projection.Index;
import io.waybill.database.projection.Part;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;

import java.util.ArrayList;
import java.util.List;

/**
 * What orders are looked for by. Each filter has two lists: by creation, and by total, where totals
 * are in the order of their currencies first.
 */
final class OrderIndexes {

    /** Those whose saga runs, by its deadline. */
    static final String RUNNING = "running";

    private static final Part<OrderView> CUSTOMER = text(OrderView::getCustomerId);
    private static final Part<OrderView> RESTAURANT = text(OrderView::getRestaurantId);
    private static final Part<OrderView> PRODUCT =
            texts(order -> order.getItemsList().stream().map(Item::getCode).distinct().toList());
    private static final Part<OrderView> STATUS = number(OrderView::getStatusValue);
    private static final Part<OrderView> CREATED = time(OrderView::getCreated);
    private static final Part<OrderView> CURRENCY = text(order -> order.getTotal().getCurrency());
    private static final Part<OrderView> MINOR = number(order -> order.getTotal().getMinor());
    private static final Part<OrderView> DEADLINE = time(OrderIndexes::deadline);
    private static final Part<OrderView> POSITION = number(OrderView::getCreatedPosition);

    private OrderIndexes() {}

    static List<Index<OrderView>> all() {
        List<Index<OrderView>> all = new ArrayList<>();
        both(all, "");
        both(all, "customer-", CUSTOMER);
        both(all, "restaurant-", RESTAURANT);
        both(all, "product-", PRODUCT);
        both(all, "status-", STATUS);
        both(all, "restaurant-status-", RESTAURANT, STATUS);
        both(all, "customer-status-", CUSTOMER, STATUS);
        all.add(
                Index.of("review-open", DEADLINE, POSITION)
                        .when(order -> isIn(order, SagaPhase.SAGA_PHASE_REVIEW_OPEN)));
        all.add(
                Index.of("restaurant-review-open", RESTAURANT, DEADLINE, POSITION)
                        .when(order -> isIn(order, SagaPhase.SAGA_PHASE_REVIEW_OPEN)));
        all.add(
                Index.of(RUNNING, DEADLINE, POSITION)
                        .when(order -> !isIn(order, SagaPhase.SAGA_PHASE_ENDED)));
        return List.copyOf(all);
    }

    @SafeVarargs
    private static void both(
            List<Index<OrderView>> all, String filter, Part<OrderView>... filtered) {
        all.add(index(filter + "created", List.of(filtered), CREATED, POSITION));
        all.add(index(filter + "total", List.of(filtered), CURRENCY, MINOR, POSITION));
    }

    @SafeVarargs
    private static Index<OrderView> index(
            String name, List<Part<OrderView>> filtered, Part<OrderView>... order) {
        List<Part<OrderView>> parts = new ArrayList<>(filtered);
        parts.addAll(List.of(order));
        return Index.of(name, parts);
    }

    private static boolean isIn(OrderView order, SagaPhase phase) {
        return order.getSaga().getPhase() == phase;
    }

    /** What is late is the first; what cannot be late is the last. */
    private static Timestamp deadline(OrderView order) {
        return order.getSaga().hasDeadline() ? order.getSaga().getDeadline() : Timestamps.MAX_VALUE;
    }
}
