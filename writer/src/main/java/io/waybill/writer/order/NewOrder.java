package io.waybill.writer.order;

import static io.waybill.writer.domain.Decision.accept;
import static io.waybill.writer.domain.Decision.refuseField;
import static io.waybill.writer.domain.RefusalCode.AMOUNT_TOO_LARGE;
import static io.waybill.writer.domain.RefusalCode.BAD_USER_INPUT;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.order.OrderCommand.Create;
import io.waybill.writer.order.OrderCommand.Line;
import io.waybill.writer.saga.Terms;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an order of what somebody wrote: amounts become exact money, and the total is their exact
 * sum. Most of what can be wrong is refused at the doors already; here nothing wrong gets through
 * all the same.
 */
final class NewOrder {

    private static final String ITEMS = "order_items";

    private NewOrder() {}

    static Decision<OrderEvent> of(Create create, Instant at) {
        Optional<Currency> currency = currency(create.currency());
        return currency.isPresent()
                ? of(create, currency.get(), at)
                : refuseField(
                        "currency", BAD_USER_INPUT, "%s is not a currency", create.currency());
    }

    /** Some of those that ISO 4217 names are none that anybody pays in. */
    private static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code))
                    .filter(known -> known.getDefaultFractionDigits() >= 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Decision<OrderEvent> of(Create create, Currency currency, Instant at) {
        List<Item> items = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (Line line : create.lines()) {
            String path = ITEMS + "[" + items.size() + "]";
            if (!codes.add(line.code())) {
                return refuseField(
                        path + ".code", BAD_USER_INPUT, "%s is ordered twice", line.code());
            }
            if (line.quantity() < 1) {
                return refuseField(path + ".quantity", BAD_USER_INPUT, "a quantity is at least 1");
            }
            try {
                Money unitPrice = Money.parse(line.unitPrice(), currency.getCurrencyCode());
                if (unitPrice.isNegative()) {
                    return wrongPrice(path, BAD_USER_INPUT, "%s is less than nothing", line);
                }
                items.add(new Item(line.code(), line.name(), unitPrice, line.quantity()));
            } catch (NumberFormatException e) {
                return wrongPrice(path, BAD_USER_INPUT, "%s is not an amount", line);
            } catch (ArithmeticException e) {
                return isTooFine(line.unitPrice(), currency)
                        ? wrongPrice(path, BAD_USER_INPUT, "%s has too many decimals", line)
                        : wrongPrice(path, AMOUNT_TOO_LARGE, "%s is too large", line);
            }
        }
        return priced(create, items, currency, at);
    }

    private static Decision<OrderEvent> priced(
            Create create, List<Item> items, Currency currency, Instant at) {
        Money total = Money.none(currency);
        for (int i = 0; i < items.size(); i++) {
            try {
                total = total.plus(items.get(i).price());
            } catch (ArithmeticException e) {
                return refuseField(
                        "%s[%d].unit_price".formatted(ITEMS, i),
                        AMOUNT_TOO_LARGE,
                        "the total is larger than can be kept exactly");
            }
        }
        if (total.minor() <= 0) {
            return refuseField(ITEMS, BAD_USER_INPUT, "an order costs more than nothing");
        }
        return accept(
                new OrderEvent.Created(
                        new Terms(
                                create.id(),
                                create.customerId(),
                                create.restaurantId(),
                                items,
                                total,
                                create.paymentId()),
                        at));
    }

    private static boolean isTooFine(String amount, Currency currency) {
        return new BigDecimal(amount).stripTrailingZeros().scale()
                > currency.getDefaultFractionDigits();
    }

    private static Decision<OrderEvent> wrongPrice(
            String path, RefusalCode code, String sentence, Line line) {
        return refuseField(path + ".unit_price", code, sentence, line.unitPrice());
    }
}
