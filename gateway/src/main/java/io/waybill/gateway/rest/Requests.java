package io.waybill.gateway.rest;

import io.waybill.gateway.rest.Route.ReadList;
import io.waybill.gateway.rest.Route.Submit;
import io.waybill.gateway.rest.Route.SubmitOrder;
import io.waybill.gateway.web.Body;
import io.waybill.gateway.web.DoorFilter;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes a request out of HTTP, as far as its route looks at it. */
final class Requests {

    private static final byte[] NO_BODY = new byte[0];

    /** What JSON takes for white space. */
    private static final String BLANK = " \t\r\n";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private Requests() {}

    /**
     * Reads a request.
     *
     * @throws RefusedRequest when it is not as HTTP or its route has it
     */
    static Asked read(HttpServletRequest request, Found found) throws IOException {
        return switch (found.route().action()) {
            case Submit(var type) -> command(request, found, type.maxPayloadBytes());
            case SubmitOrder(var type) -> command(request, found, type.maxPayloadBytes());
            case ReadList list -> read(request, found, ListRoutes.parameters(list));
            case Route.ReadOne one -> read(request, found, List.of(Query.AFTER_COMMAND));
            case Route.ReadOrder order -> read(request, found, List.of(Query.AFTER_COMMAND));
            case Route.ReadCommand command -> read(request, found, List.of());
        };
    }

    private static Asked command(HttpServletRequest request, Found found, int most)
            throws IOException {
        if (request.getQueryString() != null) {
            throw RefusedRequest.of(
                    HttpStatus.MALFORMED,
                    HttpStatus.title(HttpStatus.MALFORMED),
                    "a command takes no parameters in its address: its fields stand in its body");
        }
        String key = key(request);
        byte[] body =
                Body.read(request, most)
                        .map(Requests::unlessBlank)
                        .orElseThrow(
                                () ->
                                        RefusedRequest.of(
                                                HttpStatus.TOO_LARGE,
                                                HttpStatus.title(HttpStatus.TOO_LARGE),
                                                "a body may have at most %d bytes here"
                                                        .formatted(most)));
        if (body.length > 0 && !isJson(request.getContentType())) {
            throw RefusedRequest.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    HttpStatus.title(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
                    "send the body as application/json in UTF-8");
        }
        return new Asked(
                DoorFilter.principal(request),
                found.path(),
                Map.of(),
                body,
                key,
                request.getHeader("traceparent"));
    }

    /** White space alone is no body, of whatever kind it is said to be. */
    private static byte[] unlessBlank(byte[] body) {
        for (byte one : body) {
            if (BLANK.indexOf(one) < 0) {
                return body;
            }
        }
        return NO_BODY;
    }

    private static Asked read(HttpServletRequest request, Found found, List<String> parameters) {
        Map<String, String> query = new LinkedHashMap<>();
        parameters(request)
                .forEach(
                        (name, values) -> {
                            if (values.length > 1) {
                                throw RefusedRequest.malformed(name, name + " is given twice");
                            }
                            query.put(name, values[0]);
                        });
        Query.refuseUnknown(query, parameters);
        return new Asked(DoorFilter.principal(request), found.path(), query, NO_BODY, null, null);
    }

    private static Map<String, String[]> parameters(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (IllegalStateException e) {
            throw RefusedRequest.of(
                    HttpStatus.MALFORMED,
                    HttpStatus.title(HttpStatus.MALFORMED),
                    "the parameters in the address are malformed");
        }
    }

    private static @Nullable String key(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders(Sentences.KEY_HEADER));
        if (keys.isEmpty()) {
            return null;
        }
        if (keys.size() > 1 || !KEY.matcher(keys.getFirst()).matches()) {
            throw RefusedRequest.malformed(
                    Sentences.KEY_HEADER,
                    Sentences.KEY_HEADER
                            + " must be given once, with 1 to 200 visible characters of ASCII");
        }
        return keys.getFirst();
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            boolean utf8 =
                    type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
            return type.isPresentIn(List.of(MediaType.APPLICATION_JSON)) && utf8;
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
