package io.waybill.database.query;

import com.google.protobuf.Message;

import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.ReadModel;
import io.waybill.wire.failure.WaybillException;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The read models that queries may name. Immutable. */
final class Models {

    private final Map<String, ReadModel<?>> byName = new LinkedHashMap<>();

    Models(Collection<ReadModel<?>> models) {
        models.forEach(model -> byName.put(model.projection().name(), model));
    }

    /** The model of a name. */
    ReadModel<?> named(String name) {
        ReadModel<?> model = byName.get(name);
        if (model == null) {
            throw WaybillException.badInput(
                    "view", "view must be one of %s".formatted(byName.keySet()));
        }
        return model;
    }

    /** The projection that shows aggregates of a kind themselves. */
    AggregateProjection<?> ofAggregate(String field, String aggregate) {
        ReadModel<?> model = byName.get(aggregate);
        if (model != null
                && model.projection() instanceof AggregateProjection<?> projection
                && projection.aggregate().equals(aggregate)) {
            return projection;
        }
        throw WaybillException.badInput(
                field, "%s must be the name of a kind of aggregate".formatted(field));
    }

    /** An index of a model. */
    static <V extends Message> Index<V> index(ReadModel<V> model, String name) {
        return model.projection().indexes().stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                WaybillException.badInput(
                                        "index",
                                        "index must be one of "
                                                + model.projection().indexes().stream()
                                                        .map(Index::name)
                                                        .toList()));
    }
}
