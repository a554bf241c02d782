package io.waybill.writer.codec;

import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.saga.SagaSettings;

import java.util.List;

/** Every kind of aggregate there is. */
public final class Codecs {

    private Codecs() {}

    /** One codec for each. */
    public static List<AggregateType<?>> all(SagaSettings saga) {
        return List.of(
                new ContactCodec(),
                new AccountCodec(),
                new RestaurantCodec(),
                new ShoppingCodec(),
                new OrderCodec(saga));
    }
}
