package io.waybill.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A GraphQL door with contacts in memory, as far as the benchmark asks, that can be made to
 * misbehave.
 */
final class PretendDoor implements AutoCloseable {

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        LOSES,
        TWICE,
        STALE,
        REFUSES,
        BREAKS
    }

    private record Contact(String id, String name) {}

    private static final Pattern ALIAS_FREE = Pattern.compile("(\\w+)\\s*[({]");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final JsonMapper json = new JsonMapper();
    private final Flaw flaw;
    private final List<Contact> contacts = new CopyOnWriteArrayList<>();
    private final AtomicInteger adds = new AtomicInteger();

    PretendDoor(Flaw flaw) throws IOException {
        this.flaw = flaw;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/graphql", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
        String query = request.path("query").asString("");
        JsonNode variables = request.path("variables");
        String answer = answer(field(query), variables);
        if (answer == null) {
            exchange.close();
            return;
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        // Long answers come in chunks, short ones with their length.
        exchange.sendResponseHeaders(200, body.length > 1_000 ? 0 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The one field that a document asks for: the first name within its outermost braces. */
    static String field(String query) {
        Matcher names = ALIAS_FREE.matcher(query.substring(query.indexOf('{') + 1));
        return names.find() ? names.group(1) : "__typename";
    }

    private @Nullable String answer(String field, JsonNode variables) {
        return switch (field) {
            case "addContact" -> add(variables.path("name").asString(""));
            case "contact" ->
                    flaw == Flaw.STALE
                            ? "{\"data\":{\"contact\":null}}"
                            : "{\"data\":{\"contact\":{\"id\":\""
                                    + variables.path("id").asString("")
                                    + "\"}}}";
            case "command" -> "{\"data\":{\"command\":{\"status\":\"APPLIED\"}}}";
            case "listContacts" -> list();
            case "contacts" -> page(variables);
            default -> "{\"data\":{\"__typename\":\"Query\"}}";
        };
    }

    private @Nullable String add(String name) {
        int number = adds.incrementAndGet();
        if (flaw == Flaw.REFUSES) {
            return "{\"errors\":[{\"message\":\"full\",\"extensions\":{\"code\":\"RESOURCE_EXHAUSTED\"}}],"
                    + "\"data\":null}";
        }
        Contact contact = new Contact(UUID.randomUUID().toString(), name);
        if (flaw != Flaw.LOSES || number % 100 != 0) {
            contacts.add(contact);
        }
        if (flaw == Flaw.TWICE && number % 100 == 0) {
            contacts.add(new Contact(UUID.randomUUID().toString(), name));
        }
        if (flaw == Flaw.BREAKS && number % 100 == 0) {
            return null;
        }
        return "{\"data\":{\"addContact\":{\"status\":\"OK\",\"message\":\"Queued to add\",\"commandId\":\""
                + UUID.randomUUID()
                + "\",\"id\":\""
                + contact.id()
                + "\"}}}";
    }

    private String list() {
        return contacts.stream()
                .limit(10)
                .map(
                        contact ->
                                "{\"id\":\"%s\",\"name\":\"%s\",\"last_updated\":\"2026-01-01T00:00:00Z\"}"
                                        .formatted(contact.id(), contact.name()))
                .collect(Collectors.joining(",", "{\"data\":{\"listContacts\":[", "]}}"));
    }

    private String page(JsonNode variables) {
        int first = variables.path("first").asInt();
        int from = Integer.parseInt(variables.path("after").asString("0"));
        List<Contact> all = List.copyOf(contacts);
        int to = Math.min(all.size(), from + first);
        return all.subList(from, to).stream()
                .map(
                        contact ->
                                "{\"node\":{\"id\":\"%s\",\"name\":\"%s\"}}"
                                        .formatted(contact.id(), contact.name()))
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"data\":{\"contacts\":{\"edges\":[",
                                "],\"pageInfo\":{\"endCursor\":%s,\"hasNextPage\":%s}}}}"
                                        .formatted(
                                                to > from ? "\"" + to + "\"" : "null",
                                                to < all.size())));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
