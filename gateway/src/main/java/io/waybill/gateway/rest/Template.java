package io.waybill.gateway.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables: {@code /orders/{id}/cancel}. Immutable.
 *
 * @param path below {@code /api}
 * @param segments between its slashes
 */
record Template(String path, List<String> segments) {

    static Template of(String path) {
        return new Template(path, segments(path));
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** What the variables stand for in a path, if it is one of these. None may be empty. */
    Optional<Map<String, String>> match(String given) {
        List<String> parts = given.startsWith("/") ? segments(given) : List.of();
        if (parts.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String segment = segments.get(i);
            String part = parts.get(i);
            if (!isVariable(segment)) {
                if (!segment.equals(part)) {
                    return Optional.empty();
                }
            } else if (part.isEmpty()) {
                return Optional.empty();
            } else {
                variables.put(name(segment), part);
            }
        }
        return Optional.of(variables);
    }

    /** The names of the variables, in their order. */
    List<String> variables() {
        return segments.stream().filter(Template::isVariable).map(Template::name).toList();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - 1);
    }
}
