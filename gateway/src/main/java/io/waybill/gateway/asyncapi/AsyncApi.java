package io.waybill.gateway.asyncapi;

import static io.waybill.gateway.asyncapi.Schemas.map;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.EventCatalogue;
import io.waybill.catalogue.EventType;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.proto.relay.v1.SequenceReached;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes an AsyncAPI 3 document of the catalogues: Waybill receives the commands of clients and
 * sends their outcomes, events, and the latest sequences. See
 * https://www.asyncapi.com/docs/reference.
 */
final class AsyncApi {

    private static final String JSON = "application/json";
    private static final String OUTCOMES = "OUTCOMES";

    private final CommandCatalogue commands;
    private final EventCatalogue events;
    private final Schemas schemas = new Schemas();
    private final Map<String, Object> channels = new TreeMap<>();
    private final Map<String, Object> operations = new TreeMap<>();
    private final Map<String, Object> messages = new TreeMap<>();

    private AsyncApi(CommandCatalogue commands, EventCatalogue events) {
        this.commands = commands;
        this.events = events;
    }

    /** The document, as what YAML and JSON are made of. */
    static Map<String, Object> of(CommandCatalogue commands, EventCatalogue events) {
        return new AsyncApi(commands, events).document();
    }

    private Map<String, Object> document() {
        outcomes();
        commands.types().stream()
                .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                .forEach(this::command);
        events.types().forEach(this::event);
        sequences();
        Map<String, Object> document = map("asyncapi", "3.0.0");
        document.put("info", info());
        document.put("defaultContentType", JSON);
        document.put("channels", channels);
        document.put("operations", operations);
        Map<String, Object> components = map("messages", messages);
        components.put("schemas", schemas.all());
        components.put("messageTraits", map("cloudEvent", cloudEvent()));
        document.put("components", components);
        return document;
    }

    private static Map<String, Object> info() {
        Map<String, Object> info = map("title", "Waybill");
        info.put("version", "1");
        info.put(
                "description",
                "Commands are published with QoS 1, as JSON or (content type application/x-protobuf)"
                        + " protobuf; an MQTT 5 response topic gets the outcome, and correlation data"
                        + " that is a UUID names the command. Events are CloudEvents 1.0 in the binary"
                        + " mode of their MQTT 5 binding: each at least once, in the order of their"
                        + " positions.");
        return info;
    }

    private void command(CommandType type) {
        String channel = channel(type.topic());
        String name = type.message().getName();
        Map<String, Object> message = message(name, schemas.incoming(type.message()));
        message.put("description", "At most %d bytes.".formatted(type.maxPayloadBytes()));
        channel(channel, type.topic(), name, message);
        Map<String, Object> operation = operation("receive", channel);
        operation.put("summary", type.acknowledgement() + " " + type.aggregate() + ".");
        Map<String, Object> reply =
                map("address", map("location", "$message.header#/responseTopic"));
        reply.put("channel", map("$ref", "#/channels/" + OUTCOMES));
        operation.put("reply", reply);
        operations.put(channel, operation);
    }

    private void event(EventType type) {
        String channel = channel(type.topic());
        String name = type.message().getName();
        Map<String, Object> message = message(name, schemas.outgoing(type.message()));
        message.put("traits", List.of(map("$ref", "#/components/messageTraits/cloudEvent")));
        channel(channel, type.topic(), name, message);
        operations.put(channel, operation("send", channel));
    }

    private void sequences() {
        TreeSet<String> aggregates = new TreeSet<>();
        events.types().forEach(type -> aggregates.add(type.aggregate()));
        String name = SequenceReached.getDescriptor().getName();
        Map<String, Object> message =
                message(name, schemas.outgoing(SequenceReached.getDescriptor()));
        message.put("description", "Retained: the sequence of the latest event.");
        for (String aggregate : aggregates) {
            String channel = "EVENT_" + aggregate + "_SEQUENCE";
            Map<String, @Nullable Object> described =
                    channel(channel, "EVENT/" + aggregate + "/SEQUENCE/{partition}", name, message);
            described.put(
                    "parameters", map("partition", map("description", "The partition, from 0.")));
            operations.put(channel, operation("send", channel));
        }
    }

    /** What a response topic gets. */
    private void outcomes() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String text : List.of("commandId", "code", "message", "field", "id", "fingerprint")) {
            properties.put(text, map("type", "string"));
        }
        Map<String, Object> outcome = map("type", "string");
        outcome.put("enum", List.of("APPLIED", "REJECTED", "EXPIRED", "DEAD_LETTERED"));
        outcome.put(
                "description",
                "DEAD_LETTERED: it could not be handled. It is kept, and may be driven again as another command.");
        properties.put("outcome", outcome);
        properties.put("version", map("type", "integer"));
        Map<String, Object> schema = map("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.of("commandId", "outcome"));
        Map<String, @Nullable Object> described =
                channel(OUTCOMES, null, "Outcome", message("Outcome", schema));
        described.put("description", "The response topic that a command names.");
    }

    private Map<String, @Nullable Object> channel(
            String channel, @Nullable String address, String message, Map<String, Object> content) {
        messages.put(message, content);
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("address", address); // null: known only when it is asked for
        described.put("messages", map(message, map("$ref", "#/components/messages/" + message)));
        channels.put(channel, described);
        return described;
    }

    private static Map<String, Object> message(String name, Map<String, Object> payload) {
        Map<String, Object> message = map("name", name);
        message.put("contentType", JSON);
        message.put("payload", payload);
        return message;
    }

    private static Map<String, Object> operation(String action, String channel) {
        Map<String, Object> operation = map("action", action);
        operation.put("channel", map("$ref", "#/channels/" + channel));
        return operation;
    }

    /** The user properties of an event. */
    private static Map<String, Object> cloudEvent() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> version = map("type", "string");
        version.put("const", "1.0");
        properties.put("specversion", version);
        for (String text : List.of("id", "source", "type", "subject")) {
            properties.put(text, map("type", "string"));
        }
        Map<String, Object> time = map("type", "string");
        time.put("format", "date-time");
        properties.put("time", time);
        for (String number : List.of("partition", "position", "sequence")) {
            Map<String, Object> whole = map("type", "string");
            whole.put("pattern", "^[0-9]+$");
            properties.put(number, whole);
        }
        Map<String, Object> headers = map("type", "object");
        List<String> required = List.copyOf(properties.keySet());
        headers.put("properties", properties);
        headers.put("required", required);
        return map("headers", headers);
    }

    private static String channel(String topic) {
        return topic.replace('/', '_');
    }
}
