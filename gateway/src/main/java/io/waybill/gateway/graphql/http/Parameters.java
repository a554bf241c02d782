package io.waybill.gateway.graphql.http;

import io.waybill.gateway.graphql.execution.GraphQlRequest;
import io.waybill.gateway.graphql.execution.MalformedRequestException;
import io.waybill.gateway.graphql.execution.Requests;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads requests out of addresses, as GraphQL over HTTP has them there. */
final class Parameters {

    private static final Set<String> OBJECTS = Set.of("variables", "extensions");

    private Parameters() {}

    /**
     * The request in an address. Parameters that the specification does not know are passed over.
     *
     * @throws MalformedRequestException when there is none; the message says why, for a person
     */
    static GraphQlRequest read(HttpServletRequest request) throws MalformedRequestException {
        Map<String, @Nullable Object> read = new HashMap<>();
        for (Map.Entry<String, String[]> given : given(request).entrySet()) {
            String name = given.getKey();
            if (given.getValue().length > 1) {
                throw new MalformedRequestException("a parameter is given twice");
            }
            String value = given.getValue()[0];
            read.put(name, OBJECTS.contains(name) ? object(name, value) : value);
        }
        return Requests.of(read);
    }

    private static @Nullable Object object(String name, String value)
            throws MalformedRequestException {
        if (value.isEmpty()) {
            return null;
        }
        try {
            return Requests.object(value.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedRequestException e) {
            throw new MalformedRequestException(name + " must be a JSON object");
        }
    }

    private static Map<String, String[]> given(HttpServletRequest request)
            throws MalformedRequestException {
        try {
            return request.getParameterMap();
        } catch (IllegalStateException e) {
            throw new MalformedRequestException("the parameters in the address are malformed");
        }
    }
}
