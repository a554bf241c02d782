package io.waybill.gateway.graphql.field;

import com.google.protobuf.Timestamp;

import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.reader.v1.OrderFilter;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The filter of orders, as the reader takes it. Which may stand together is the reader's to say.
 */
final class OrderFilters {

    private OrderFilters() {}

    static OrderFilter of(Map<String, Object> given) {
        OrderFilter.Builder filter =
                OrderFilter.newBuilder()
                        .setCustomerId(text(given, "customer_id"))
                        .setRestaurantId(text(given, "restaurant_id"))
                        .setProduct(text(given, "product"))
                        .setCurrency(currency(given))
                        .setReviewOpen(Boolean.TRUE.equals(given.get("review_open")))
                        .setRunning(Boolean.TRUE.equals(given.get("running")));
        if (given.get("status") instanceof String status) {
            filter.setStatus(OrderStatus.valueOf("ORDER_STATUS_" + status));
        }
        if (given.get("created_from") instanceof Instant from) {
            filter.setCreatedFrom(time(from));
        }
        if (given.get("created_to") instanceof Instant to) {
            filter.setCreatedTo(time(to));
        }
        if (given.get("total_from") instanceof String from) {
            filter.setTotalFrom(minor("total_from", from, filter.getCurrency()));
        }
        if (given.get("total_to") instanceof String to) {
            filter.setTotalTo(minor("total_to", to, filter.getCurrency()));
        }
        return filter.build();
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static String currency(Map<String, Object> given) {
        String currency = text(given, "currency").toUpperCase(Locale.ROOT);
        if (!currency.isEmpty() && units(currency).isEmpty()) {
            throw wrong("currency", "must be a currency of ISO 4217 such as EUR");
        }
        return currency;
    }

    private static long minor(String field, String amount, String currency) {
        int digits =
                units(currency)
                        .orElseThrow(
                                () -> wrong("currency", "must be given with a range of totals"));
        try {
            long minor = new BigDecimal(amount).movePointRight(digits).longValueExact();
            if (minor >= 0) {
                return minor;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below, as for a negative one
        }
        throw wrong(
                field, "must be an amount of %s such as 12.50, not negative".formatted(currency));
    }

    /** How many decimals a currency has, if there is such a currency and it has any units. */
    private static OptionalInt units(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? OptionalInt.empty() : OptionalInt.of(digits);
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    /** An empty text is no way to say "all": a client that lost a value would get everything. */
    private static String text(Map<String, Object> given, String name) {
        @Nullable Object value = given.get(name);
        if (!(value instanceof String text)) {
            return "";
        }
        if (text.isBlank()) {
            throw wrong(name, "must not be empty; leave it out");
        }
        return text;
    }

    private static WaybillException wrong(String name, String rule) {
        String field = "filter." + name;
        return WaybillException.badInput(field, field + " " + rule);
    }
}
