package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;
import java.util.function.Supplier;

/** A field that follows from its source alone. */
record Of<S>(Class<S> source, Function<S, @Nullable Object> value)
        implements LightDataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(
            GraphQLFieldDefinition definition,
            Object from,
            Supplier<DataFetchingEnvironment> environment) {
        return value.apply(source.cast(from));
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        S from = environment.getSource();
        return from == null ? null : value.apply(from);
    }
}
