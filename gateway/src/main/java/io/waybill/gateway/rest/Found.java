package io.waybill.gateway.rest;

import jakarta.servlet.http.HttpServletRequest;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The route that a request is for.
 *
 * @param path what the variables of its path stand for
 */
record Found(Route route, Map<String, String> path) {

    /**
     * Finds a request's route.
     *
     * @throws RefusedRequest when there is none at its path, or none for its method, or when its
     *     path is not as it would be understood
     */
    static Found of(HttpServletRequest request) {
        refuseParameters(request);
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Set<String> allowed = new LinkedHashSet<>();
        for (Route route : Routes.ALL) {
            Optional<Map<String, String>> variables = route.template().match(path);
            if (variables.isEmpty()) {
                continue;
            }
            if (route.method().equals(method)) {
                return new Found(route, variables.get());
            }
            allowed.add(route.method());
        }
        throw allowed.isEmpty() ? nothing() : RefusedRequest.notAllowed(method, allowed);
    }

    /** A servlet does not see what stands behind a semicolon, which may belong to a name. */
    private static void refuseParameters(HttpServletRequest request) {
        if (request.getRequestURI().indexOf(';') >= 0) {
            throw RefusedRequest.of(
                    HttpStatus.MALFORMED,
                    HttpStatus.title(HttpStatus.MALFORMED),
                    "a semicolon in an address here is written as %3B");
        }
    }

    private static RefusedRequest nothing() {
        return RefusedRequest.of(
                HttpStatus.NOT_FOUND,
                "Nothing is here",
                "There is nothing at this address; what there is stands in /openapi.yaml.");
    }
}
