package io.waybill.database.projection;

import com.google.protobuf.Message;

/**
 * A read model that is kept.
 *
 * @param projection what its rows are
 * @param progress how far they have been brought
 */
public record ReadModel<V extends Message>(Projection<V> projection, Progress progress) {

    /** One that is nowhere yet. */
    public static <V extends Message> ReadModel<V> of(Projection<V> projection) {
        return new ReadModel<>(projection, new Progress());
    }
}
