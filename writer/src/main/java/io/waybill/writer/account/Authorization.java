package io.waybill.writer.account;

import io.waybill.writer.money.Money;

import java.time.Instant;

/**
 * Money that is held for one payment to come.
 *
 * @param expires from then on it pays for nothing
 */
public record Authorization(Money amount, Instant expires) {

    boolean isOver(Instant at) {
        return !at.isBefore(expires);
    }
}
