package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.catalogue.v1.TotalRules;

import java.math.BigInteger;
import java.util.Currency;
import java.util.Optional;

/**
 * What the elements of a list cost together can be kept exactly, in the smallest unit of their
 * currency.
 *
 * @param amount of one, a field of an element
 * @param times how often it counts, a field of an element
 */
record TotalRule(FieldDescriptor amount, FieldDescriptor times, AmountRule rule) {

    /** What is allowed, for a person. */
    static String allowed() {
        return "what they cost together is no more than can be kept exactly";
    }

    static Optional<TotalRule> of(FieldDescriptor list, Descriptor command) {
        var rules = list.getOptions().getExtension(OptionsProto.rules);
        return rules.hasTotal()
                ? Optional.of(of(rules.getTotal(), list.getMessageType(), command))
                : Optional.empty();
    }

    private static TotalRule of(TotalRules total, Descriptor element, Descriptor command) {
        FieldDescriptor amount = MessageRules.named(element, total.getAmountField());
        return new TotalRule(
                amount,
                MessageRules.named(element, total.getTimesField()),
                AmountRule.of(amount, command));
    }

    /** Checks a list whose elements break no rule of their own. */
    void apply(Message.Builder message, FieldDescriptor list, Normalising to) {
        to.currency(rule).ifPresent(currency -> apply(message, list, currency, to));
    }

    private void apply(
            Message.Builder message, FieldDescriptor list, Currency currency, Normalising to) {
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < message.getRepeatedFieldCount(list); i++) {
            total = total.add(cost((Message) message.getRepeatedField(list, i), currency));
            if (!AmountRule.isKept(total)) {
                to.within("%s[%d]".formatted(list.getName(), i))
                        .violated(
                                amount.getName(),
                                "makes the total larger than can be kept exactly",
                                Violation.Code.AMOUNT_TOO_LARGE);
                return;
            }
        }
    }

    private BigInteger cost(Message element, Currency currency) {
        long quantity = Integer.toUnsignedLong((int) element.getField(times));
        return AmountRule.minor((String) element.getField(amount), currency)
                .multiply(BigInteger.valueOf(quantity));
    }
}
