package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;

import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who makes a request: what every field at the top may need to know of it.
 *
 * @param principal on whose behalf
 * @param trace the client's W3C {@code traceparent}; null when it gave none
 */
public record Asker(Principal principal, @Nullable String trace) {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** Who makes a request; a trace that is none is dropped. */
    public static Asker of(Principal principal, @Nullable String traceParent) {
        boolean known = traceParent != null && TRACE_PARENT.matcher(traceParent).matches();
        return new Asker(principal, known ? traceParent : null);
    }

    /** The asker of the request that a field belongs to. */
    static Asker of(DataFetchingEnvironment environment) {
        Asker asker = environment.getGraphQlContext().get(Asker.class);
        if (asker == null) {
            throw new IllegalStateException("a request without an asker");
        }
        return asker;
    }

    Optional<String> traceParent() {
        return Optional.ofNullable(trace);
    }
}
