package io.waybill.gateway.rest;

import io.waybill.catalogue.CommandSchema;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.DoorFields;
import io.waybill.gateway.rest.Route.ReadCommand;
import io.waybill.gateway.rest.Route.ReadList;
import io.waybill.gateway.rest.Route.ReadOne;
import io.waybill.gateway.rest.Route.ReadOrder;
import io.waybill.gateway.rest.Route.Submit;
import io.waybill.gateway.rest.Route.SubmitOrder;
import io.waybill.proto.order.v1.OrderView;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OpenAPI 3.1 document of the REST door, as maps and lists: made from the table of routes, the
 * catalogue's rules and the shapes of views, so that it says what is so. Used by one thread.
 */
final class OpenApi {

    private static final String JSON = "application/json";

    private final String currency;
    private final ViewSchemas views = new ViewSchemas();
    private final Map<String, Object> commands = new LinkedHashMap<>();

    private OpenApi(String currency) {
        this.currency = currency;
    }

    /**
     * The document of all routes.
     *
     * @param currency of amounts that name none
     */
    static Map<String, Object> document(String currency) {
        return new OpenApi(currency).document(Routes.ALL);
    }

    private Map<String, Object> document(List<Route> routes) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        Set<String> groups = new TreeSet<>();
        for (Route route : routes) {
            groups.add(route.group());
            paths.computeIfAbsent("/api" + route.template().path(), path -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        Map<String, Object> schemas = new LinkedHashMap<>(commands);
        schemas.putAll(views.schemas());
        schemas.putAll(OpenApiParts.schemas());
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas);
        components.put("responses", OpenApiParts.responses());
        components.put("securitySchemes", OpenApiParts.securitySchemes());

        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", OpenApiParts.info());
        document.put("servers", List.of(Ordered.map("url", "/")));
        document.put("security", List.of(Ordered.map(), Ordered.map("bearer", List.of())));
        document.put("tags", groups.stream().map(group -> Ordered.map("name", group)).toList());
        document.put("paths", paths);
        document.put("components", components);
        return document;
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.name());
        operation.put("tags", List.of(route.group()));
        operation.put("summary", route.summary());
        switch (route.action()) {
            case Submit(var type) -> {
                command(operation, route, type);
                operation.put(
                        "responses",
                        submitted(ViewSchemas.reference(OpenApiParts.ACCEPTED), "/api/commands"));
            }
            case SubmitOrder(var type) -> {
                command(operation, route, type);
                views.reference(OrderView.getDescriptor());
                operation.put(
                        "responses",
                        submitted(
                                ViewSchemas.reference(OpenApiParts.PENDING_ORDER), "/api/orders"));
            }
            case ReadOne(var kind) -> {
                operation.put("parameters", reading(route));
                operation.put("responses", found(views.reference(kind.view())));
            }
            case ReadOrder read -> {
                operation.put("parameters", reading(route));
                Map<String, Object> responses = found(views.reference(OrderView.getDescriptor()));
                responses.put("" + HttpStatus.GONE, OpenApiParts.problem(HttpStatus.GONE));
                operation.put("responses", responses);
            }
            case ReadCommand read -> {
                operation.put("parameters", OpenApiParts.variables(route));
                operation.put("responses", found(ViewSchemas.reference(OpenApiParts.COMMAND)));
            }
            case ReadList list -> {
                List<Object> parameters = OpenApiParts.variables(route);
                list.parameters().forEach(one -> parameters.add(OpenApiParts.parameter(one)));
                parameters.add(OpenApiParts.afterCommand());
                operation.put("parameters", parameters);
                operation.put(
                        "responses",
                        found(
                                OpenApiParts.page(
                                        views.reference(
                                                PageShape.node(
                                                        list.answer().getDescriptorForType())))));
            }
        }
        return operation;
    }

    private static List<Object> reading(Route route) {
        List<Object> parameters = OpenApiParts.variables(route);
        parameters.add(OpenApiParts.afterCommand());
        return parameters;
    }

    private void command(Map<String, Object> operation, Route route, CommandType type) {
        List<Object> parameters = OpenApiParts.variables(route);
        parameters.add(OpenApiParts.idempotencyKey());
        operation.put("parameters", parameters);
        Map<String, String> fixed = new LinkedHashMap<>();
        route.template().variables().forEach(variable -> fixed.put(variable, ""));
        Map<String, Object> schema =
                CommandSchema.of(type, new DoorFields(fixed, Map.of("currency", currency)));
        if (schema.get("properties") instanceof Map<?, ?> properties && !properties.isEmpty()) {
            String name = type.message().getName();
            commands.put(name, schema);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("required", schema.containsKey("required") || schema.containsKey("anyOf"));
            body.put("content", content(JSON, ViewSchemas.reference(name)));
            operation.put("requestBody", body);
        }
    }

    private static Map<String, Object> submitted(Map<String, Object> schema, String where) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> accepted = new LinkedHashMap<>();
        accepted.put(
                "description",
                "Accepted: on disk, and sent again until its outcome is recorded. Repeated with the"
                        + " same key, the same answer.");
        accepted.put("headers", Ordered.map("Location", OpenApiParts.location(where)));
        accepted.put("content", content(JSON, schema));
        responses.put("202", accepted);
        List.of(400, 404, 409, 413, 415, 422, 429, 503)
                .forEach(status -> responses.put("" + status, OpenApiParts.problem(status)));
        responses.put("default", OpenApiParts.problem(HttpStatus.INTERNAL));
        return responses;
    }

    private static Map<String, Object> found(Map<String, Object> schema) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("description", "As it is.");
        found.put("content", content(JSON, schema));
        responses.put("200", found);
        List.of(400, 404, 503, 504)
                .forEach(status -> responses.put("" + status, OpenApiParts.problem(status)));
        responses.put("default", OpenApiParts.problem(HttpStatus.INTERNAL));
        return responses;
    }

    static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
        return Ordered.map(mediaType, Ordered.map("schema", schema));
    }
}
