package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.rest.Route.ReadList;
import io.waybill.proto.reader.v1.Direction;

import tools.jackson.core.JsonGenerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads lists, a page at a time. */
final class ListRoutes {

    /** How many rows, when the client does not say. */
    static final int USUAL_ROWS = 20;

    private static final Set<String> BY_DEADLINE = Set.of("running", "review_open");

    private final RestPorts ports;
    private final Waiting waiting;

    ListRoutes(RestPorts ports, Waiting waiting) {
        this.ports = ports;
        this.waiting = waiting;
    }

    /** The names of what a list's query may give. */
    static List<String> parameters(ReadList list) {
        List<String> names = new ArrayList<>();
        list.parameters().forEach(parameter -> names.add(parameter.name()));
        names.add(Query.AFTER_COMMAND);
        return names;
    }

    /** Reads the page that the query asks for. */
    Answer page(ReadList list, Asked asked) {
        Message page =
                waiting.on(
                        ports.views()
                                .ask(
                                        asked.principal(),
                                        list.method(),
                                        request(list, asked),
                                        Query.freshness(asked.query())));
        return Answer.of(json -> write(json, PageShape.of(page)));
    }

    private static Message request(ReadList list, Asked asked) {
        Map<String, String> query = asked.query();
        Message.Builder request = list.start().toBuilder();
        asked.path().forEach((name, id) -> request.setField(field(request, name), uuid(name, id)));
        for (Parameter parameter : list.parameters()) {
            String given = query.get(parameter.name());
            if (given != null) {
                parameter.set(request, Query.value(parameter, given, query));
            } else if (parameter.name().equals("first") && !query.containsKey("last")) {
                parameter.set(request, USUAL_ROWS);
            } else if (parameter.name().equals("direction") && isNewestFirst(list, query)) {
                parameter.set(request, Direction.DIRECTION_DESCENDING.getValueDescriptor());
            }
        }
        return request.build();
    }

    private static boolean isNewestFirst(ReadList list, Map<String, String> query) {
        boolean byDeadline =
                BY_DEADLINE.stream().anyMatch(name -> "true".equalsIgnoreCase(query.get(name)));
        return list.newestFirst() && !byDeadline;
    }

    private static FieldDescriptor field(Message.Builder request, String name) {
        return request.getDescriptorForType().findFieldByName(name);
    }

    private static String uuid(String name, String given) {
        return Ids.uuid(given)
                .orElseThrow(
                        () ->
                                RefusedRequest.notFound(
                                        name.equals("id") ? "order" : "account", given));
    }

    private static void write(JsonGenerator json, PageShape page) {
        json.writeName("entries");
        json.writeStartArray();
        page.nodes().forEach(node -> ViewJson.write(json, node));
        json.writeEndArray();
        if (!page.nodes().isEmpty()) {
            json.writeStringProperty("start_cursor", page.startCursor());
            json.writeStringProperty("end_cursor", page.endCursor());
        }
        json.writeBooleanProperty("has_next_page", page.hasNext());
        json.writeBooleanProperty("has_previous_page", page.hasPrevious());
    }
}
