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
     * @throws RefusedRequest when there is none at its path, or none for its method
     */
    static Found of(HttpServletRequest request) {
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

    private static RefusedRequest nothing() {
        return RefusedRequest.of(
                HttpStatus.NOT_FOUND,
                "Nothing is here",
                "There is nothing at this address; what there is stands in /openapi.yaml.");
    }
}
