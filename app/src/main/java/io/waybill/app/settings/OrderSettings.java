package io.waybill.app.settings;

import io.waybill.writer.saga.SagaSettings;

import java.util.Currency;

/**
 * How orders are carried out.
 *
 * @param currency of amounts that name none
 * @param saga how patient the saga is
 */
public record OrderSettings(Currency currency, SagaSettings saga) {

    /** Euros, and the usual patience. */
    public static OrderSettings usual() {
        return new OrderSettings(Currency.getInstance("EUR"), SagaSettings.usual());
    }
}
