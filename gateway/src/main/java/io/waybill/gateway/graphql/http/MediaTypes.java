package io.waybill.gateway.graphql.http;

import io.waybill.gateway.graphql.sse.EventStreams;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The forms in which a request may come and an answer may go. */
final class MediaTypes {

    static final String JSON = "application/json";
    static final String GRAPHQL = "application/graphql-response+json";

    static final String EVENTS = EventStreams.MEDIA_TYPE;

    private MediaTypes() {}

    /** Whether a body is JSON in UTF-8, by its content type. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals(JSON)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    /** The form of the answer that a client prefers; null when it takes none of ours. */
    static @Nullable String answer(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (accept == null || accept.equals("*/*") || accept.equals(JSON)) {
            return JSON;
        }
        double best = 0;
        String chosen = null;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String type = matching(parts[0].strip());
            double quality = quality(parts);
            if (type != null && quality > best) {
                best = quality;
                chosen = type;
            }
        }
        return chosen;
    }

    private static @Nullable String matching(String range) {
        return switch (range) {
            case GRAPHQL -> GRAPHQL;
            case EVENTS -> EVENTS;
            case JSON, "application/*", "*/*" -> JSON;
            default -> null;
        };
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
