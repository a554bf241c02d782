package io.waybill.writer.codec;

import io.waybill.proto.common.v1.Money;

/** Money as it is stored, and as it travels between aggregates. */
final class ProtoMoney {

    private ProtoMoney() {}

    static Money of(io.waybill.writer.money.Money money) {
        return Money.newBuilder()
                .setCurrency(money.currency().getCurrencyCode())
                .setMinor(money.minor())
                .build();
    }

    static io.waybill.writer.money.Money toMoney(Money money) {
        return io.waybill.writer.money.Money.of(money.getCurrency(), money.getMinor());
    }
}
