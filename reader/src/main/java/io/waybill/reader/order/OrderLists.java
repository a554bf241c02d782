package io.waybill.reader.order;

import io.waybill.catalogue.Ids;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.reader.v1.ListOrdersRequest;
import io.waybill.proto.reader.v1.OrderFilter;
import io.waybill.proto.reader.v1.OrderOrder;
import io.waybill.reader.view.Listing;
import io.waybill.wire.failure.WaybillException;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** Which list of orders a request means. */
final class OrderLists {

    /** What orders are looked for by, in the order in which it stands in the names of lists. */
    private enum By {
        RESTAURANT,
        CUSTOMER,
        PRODUCT,
        STATUS,
        REVIEW_OPEN,
        RUNNING;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Set<Set<By>> TOGETHER =
            Set.of(
                    Set.of(By.RESTAURANT, By.STATUS),
                    Set.of(By.CUSTOMER, By.STATUS),
                    Set.of(By.RESTAURANT, By.REVIEW_OPEN));

    private final ListOrdersRequest request;
    private final OrderFilter filter;
    private final Set<By> by = EnumSet.noneOf(By.class);

    private OrderLists(ListOrdersRequest request) {
        this.request = request;
        this.filter = request.getFilter();
        note(By.RESTAURANT, !filter.getRestaurantId().isEmpty());
        note(By.CUSTOMER, !filter.getCustomerId().isEmpty());
        note(By.PRODUCT, !filter.getProduct().isEmpty());
        note(By.STATUS, filter.getStatusValue() != 0);
        note(By.REVIEW_OPEN, filter.getReviewOpen());
        note(By.RUNNING, filter.getRunning());
    }

    /**
     * The list with the filters and in the order asked for.
     *
     * @throws WaybillException BAD_USER_INPUT when there is no such list; the sentence says which
     *     there are
     */
    static Listing of(ListOrdersRequest request) {
        return new OrderLists(request).list().inDirection(request.getDirection());
    }

    private void note(By filtered, boolean given) {
        if (given) {
            by.add(filtered);
        }
    }

    private Listing list() {
        if (filter.getStatus() == OrderStatus.UNRECOGNIZED) {
            throw WaybillException.badInput(
                    "filter.status", "filter.status must be one of an order");
        }
        if (by.size() > 1 && !TOGETHER.contains(by)) {
            throw WaybillException.badInput(
                    "filter",
                    "filter takes one of customer_id, restaurant_id, product, status, review_open"
                            + " and running, or restaurant_id with status or review_open, or"
                            + " customer_id with status");
        }
        if (by.contains(By.REVIEW_OPEN) || by.contains(By.RUNNING)) {
            return byDeadline();
        }
        return switch (request.getOrder()) {
            case ORDER_ORDER_UNSPECIFIED -> isByTotal() ? byTotal() : byCreation();
            case ORDER_ORDER_CREATED -> byCreation();
            case ORDER_ORDER_TOTAL -> byTotal();
            case UNRECOGNIZED ->
                    throw WaybillException.badInput(
                            "order", "order must be by creation or by total");
        };
    }

    private Listing byDeadline() {
        if (request.getOrder() != OrderOrder.ORDER_ORDER_UNSPECIFIED) {
            throw WaybillException.badInput(
                    "order",
                    "order must be left out: open reviews and running sagas are listed by their"
                            + " deadlines");
        }
        refuseDates();
        refuseTotals();
        return filtered("");
    }

    private Listing byCreation() {
        refuseTotals();
        Listing list = filtered("created");
        if (filter.hasCreatedFrom()) {
            list.from("filter.created_from", filter.getCreatedFrom());
        }
        if (filter.hasCreatedTo()) {
            list.to("filter.created_to", filter.getCreatedTo());
        }
        return list;
    }

    private Listing byTotal() {
        refuseDates();
        Listing list = filtered("total");
        if (!filter.getCurrency().isEmpty()) {
            list.where(filter.getCurrency());
        } else if (filter.hasTotalFrom() || filter.hasTotalTo()) {
            throw WaybillException.badInput(
                    "filter.currency", "filter.currency must be given with a range of totals");
        }
        if (filter.hasTotalFrom()) {
            list.from(filter.getTotalFrom());
        }
        if (filter.hasTotalTo()) {
            list.to(filter.getTotalTo());
        }
        if (filter.hasTotalFrom()
                && filter.hasTotalTo()
                && Long.compareUnsigned(filter.getTotalFrom(), filter.getTotalTo()) > 0) {
            throw WaybillException.badInput(
                    "filter.total_to", "filter.total_to must not be below filter.total_from");
        }
        return list;
    }

    /**
     * The list of what is looked for.
     *
     * @param order the last part of its name; empty when it has none
     */
    private Listing filtered(String order) {
        StringJoiner name = new StringJoiner("-");
        by.forEach(part -> name.add(part.label()));
        if (!order.isEmpty()) {
            name.add(order);
        }
        Listing list = Listing.of(name.toString());
        for (By part : by) {
            switch (part) {
                case RESTAURANT -> list.where(id(filter.getRestaurantId()));
                case CUSTOMER -> list.where(id(filter.getCustomerId()));
                case PRODUCT -> list.where(filter.getProduct());
                case STATUS -> list.where(filter.getStatusValue());
                case REVIEW_OPEN, RUNNING -> {}
            }
        }
        return list;
    }

    /** What is no id finds nothing. */
    private static String id(String given) {
        return Ids.uuid(given).orElse(given);
    }

    private boolean isByTotal() {
        return filter.hasTotalFrom() || filter.hasTotalTo() || !filter.getCurrency().isEmpty();
    }

    private void refuseDates() {
        refuse(filter.hasCreatedFrom(), "filter.created_from", "creation");
        refuse(filter.hasCreatedTo(), "filter.created_to", "creation");
    }

    private void refuseTotals() {
        refuse(filter.hasTotalFrom(), "filter.total_from", "total");
        refuse(filter.hasTotalTo(), "filter.total_to", "total");
        refuse(!filter.getCurrency().isEmpty(), "filter.currency", "total");
    }

    private static void refuse(boolean given, String field, String order) {
        if (given) {
            throw WaybillException.badInput(
                    field, "%s goes with orders that are listed by %s".formatted(field, order));
        }
    }
}
