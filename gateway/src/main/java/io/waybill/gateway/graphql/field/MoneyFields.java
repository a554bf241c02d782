package io.waybill.gateway.graphql.field;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.proto.common.v1.Money;

import java.math.BigDecimal;
import java.util.Currency;

/** Amounts of money, written out. */
final class MoneyFields {

    private MoneyFields() {}

    static void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                TypeRuntimeWiring.newTypeWiring("Money")
                        .dataFetcher("amount", new Of<>(Money.class, MoneyFields::amount)));
    }

    /** With all decimals of its currency: {@code 12.50}. */
    private static String amount(Money money) {
        int digits = Currency.getInstance(money.getCurrency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(money.getMinor(), digits).toPlainString();
    }
}
