package io.waybill.gateway.graphql.execution;

import io.waybill.gateway.graphql.failure.FieldFailures;
import io.waybill.gateway.graphql.field.Fields;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.graphql.execution.GraphQlSource;

import java.util.Arrays;

/** Puts the schema and its fields together. */
public final class Engines {

    private static final String[] SCHEMA = {"graphql/schema.graphqls", "graphql/orders.graphqls"};

    private Engines() {}

    /** The schema of the {@code schema} module, executable. */
    public static GraphQlSource source(Fields fields) {
        return GraphQlSource.schemaResourceBuilder()
                .schemaResources(
                        Arrays.stream(SCHEMA).map(ClassPathResource::new).toArray(Resource[]::new))
                .configureRuntimeWiring(fields)
                .configureGraphQl(
                        engine -> engine.defaultDataFetcherExceptionHandler(new FieldFailures()))
                .build();
    }
}
