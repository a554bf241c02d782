package io.waybill.gateway.rest;

import io.waybill.gateway.web.Problem;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.ErrorCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the parts of the OpenAPI document are that no route has to itself. */
final class OpenApiParts {

    static final String ACCEPTED = "Accepted";
    static final String PENDING_ORDER = "PendingOrder";
    static final String COMMAND = "Command";
    static final String PROBLEM = "Problem";

    private static final String STRING = "string";
    private static final Map<String, Object> TEXT = Ordered.map("type", STRING);
    private static final Map<String, Object> ID = Ordered.map("type", STRING, "format", "uuid");
    private static final Map<String, Object> TIME =
            Ordered.map("type", STRING, "format", "date-time");
    private static final Map<String, Object> FLAG = Ordered.map("type", "boolean");
    private static final Map<String, Object> WHOLE = Ordered.map("type", "integer", "minimum", 0);

    private OpenApiParts() {}

    static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "Waybill");
        info.put("version", "1");
        info.put(
                "description",
                "Commands are answered with 202 once they are on disk; what becomes of them is at"
                        + " /api/commands/{id}. Amounts of money are decimal numbers, exact. Every"
                        + " refusal is a problem of RFC 9457 with a code.");
        info.put("license", Ordered.map("name", "Apache License 2.0", "identifier", "Apache-2.0"));
        return info;
    }

    static Map<String, Object> securitySchemes() {
        return Ordered.map("bearer", Ordered.map("type", "http", "scheme", "bearer"));
    }

    /** What is answered that is no view. */
    static Map<String, Object> schemas() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put(ACCEPTED, accepted());
        schemas.put(PENDING_ORDER, pendingOrder());
        schemas.put(COMMAND, command());
        schemas.put(PROBLEM, problem());
        return schemas;
    }

    private static Map<String, Object> accepted() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("status", Ordered.map("const", "OK"));
        properties.put(
                "message", Ordered.map("type", STRING, "examples", List.of("Queued to add")));
        properties.put("command_id", ID);
        properties.put("id", described(ID, "What the command is about; of a new thing, its id."));
        return object(properties, List.of("status", "message", "command_id", "id"));
    }

    private static Map<String, Object> pendingOrder() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(
                "description",
                "The order as it was accepted: always PENDING, with the time of its acceptance.");
        schema.put(
                "allOf",
                List.of(
                        ViewSchemas.reference("Order"),
                        object(Ordered.map("command_id", ID), List.of("command_id"))));
        return schema;
    }

    private static Map<String, Object> command() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("command_id", ID);
        properties.put("status", Ordered.map("type", STRING, "enum", statuses()));
        properties.put("code", described(TEXT, "Why it was refused: from the closed list."));
        properties.put("message", TEXT);
        properties.put("field", TEXT);
        properties.put("id", described(TEXT, "What it is about."));
        properties.put("topic", Ordered.map("type", STRING, "examples", List.of("ORDER/CREATE")));
        properties.put("accepted_on", TIME);
        properties.put("version", described(WHOLE, "Of what it is about, after it."));
        properties.put("decided_on", TIME);
        return object(properties, List.of("command_id", "status", "accepted_on"));
    }

    private static List<String> statuses() {
        return Stream.concat(
                        Stream.of("PENDING"),
                        OutcomeKind.getDescriptor().getValues().stream()
                                .filter(value -> value.getNumber() != 0)
                                .map(EnumNames::shown))
                .toList();
    }

    private static Map<String, Object> problem() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("status", Ordered.map("type", "integer"));
        properties.put("title", TEXT);
        properties.put("detail", described(TEXT, "What is wrong, for a person."));
        properties.put(
                "code",
                Ordered.map(
                        "type",
                        STRING,
                        "enum",
                        Stream.of(ErrorCode.values()).map(ErrorCode::name).toList()));
        properties.put("field", described(TEXT, "By its path: order_items[1].quantity."));
        properties.put(
                "errors",
                Ordered.map(
                        "type",
                        "array",
                        "items",
                        object(
                                Ordered.map("field", TEXT, "detail", TEXT),
                                List.of("field", "detail"))));
        return object(properties, List.of("status", "title", "detail", "code"));
    }

    /** The answers that are problems, by their status. */
    static Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        for (int status : new int[] {400, 404, 409, 410, 413, 415, 422, 429, 503, 504, 500}) {
            Map<String, Object> response = new LinkedHashMap<>();
            response.put("description", HttpStatus.title(status) + ".");
            if (HttpStatus.passes(status) || status == HttpStatus.NOT_FOUND) {
                response.put("headers", Ordered.map("Retry-After", retryAfter()));
            }
            response.put(
                    "content", OpenApi.content(Problem.MEDIA_TYPE, ViewSchemas.reference(PROBLEM)));
            responses.put("Problem" + status, response);
        }
        return responses;
    }

    static Map<String, Object> problem(int status) {
        return Ordered.map("$ref", "#/components/responses/Problem" + status);
    }

    private static Map<String, Object> retryAfter() {
        return Ordered.map("description", "In how many seconds to try again.", "schema", WHOLE);
    }

    static Map<String, Object> location(String where) {
        return Ordered.map(
                "description",
                "Where to look from now on: below %s.".formatted(where),
                "schema",
                Ordered.map("type", STRING, "format", "uri-reference"));
    }

    /** The variables of a route's path. */
    static List<Object> variables(Route route) {
        List<Object> variables = new ArrayList<>();
        for (String name : route.template().variables()) {
            variables.add(
                    parameter(
                            name,
                            "path",
                            "",
                            name.endsWith("id")
                                    ? ID
                                    : Ordered.map("type", STRING, "minLength", 1)));
        }
        return variables;
    }

    static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema =
                switch (parameter.kind()) {
                    case TEXT -> Ordered.map("type", STRING, "minLength", 1);
                    case ROWS ->
                            Ordered.map(
                                    "type", "integer", "minimum", 1, "maximum", Query.MOST_ROWS);
                    case FLAG -> FLAG;
                    case CHOICE -> Ordered.map("type", STRING, "enum", parameter.choices());
                    case TIME -> TIME;
                    case AMOUNT -> Ordered.map("type", "number", "minimum", 0);
                };
        return parameter(parameter.name(), "query", note(parameter), schema);
    }

    private static String note(Parameter parameter) {
        boolean rows = parameter.field().getContainingType().equals(Page.getDescriptor());
        return switch (parameter.name()) {
            case "first" ->
                    rows
                            ? "How many from the beginning or after a cursor; without first and last, %d."
                                    .formatted(ListRoutes.USUAL_ROWS)
                            : "How many; without it, %d.".formatted(ListRoutes.USUAL_ROWS);
            case "last" -> "How many from the end or before a cursor.";
            case "after", "before" -> "A cursor that this very list returned.";
            default ->
                    parameter.kind() == Parameter.Kind.AMOUNT
                            ? "In the currency that is named beside it."
                            : "";
        };
    }

    static Map<String, Object> afterCommand() {
        return parameter(
                Query.AFTER_COMMAND,
                "query",
                "Waits until the outcome of this command of yours is in the answer.",
                ID);
    }

    static Map<String, Object> idempotencyKey() {
        return parameter(
                Sentences.KEY_HEADER,
                "header",
                "Your own name for this very request: sent again with it, it has no second effect.",
                Ordered.map("type", STRING, "minLength", 1, "maxLength", 200));
    }

    /** A page of a list. */
    static Map<String, Object> page(Map<String, Object> node) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("entries", Ordered.map("type", "array", "items", node));
        properties.put("start_cursor", TEXT);
        properties.put("end_cursor", TEXT);
        properties.put("has_next_page", FLAG);
        properties.put("has_previous_page", FLAG);
        return object(properties, List.of("entries", "has_next_page", "has_previous_page"));
    }

    private static Map<String, Object> parameter(
            String name, String in, String description, Map<String, Object> schema) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        if (!description.isEmpty()) {
            parameter.put("description", description);
        }
        if (in.equals("path")) {
            parameter.put("required", true);
        }
        parameter.put("schema", schema);
        return parameter;
    }

    private static Map<String, Object> described(Map<String, Object> schema, String description) {
        Map<String, Object> described = new LinkedHashMap<>(schema);
        described.put("description", description);
        return described;
    }

    private static Map<String, Object> object(
            Map<String, Object> properties, List<String> required) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        return object;
    }
}
