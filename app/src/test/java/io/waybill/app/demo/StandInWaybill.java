package io.waybill.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Answers as the REST door does, on a free port: the same key is the same command, whatever is
 * accepted is applied, and orders are approved. A test may have it answer otherwise.
 */
final class StandInWaybill implements AutoCloseable {

    /** A request as it came. */
    record Asked(String method, String path, String key, String token, String body) {}

    /** An answer. */
    record Said(int status, String contentType, String body, Map<String, String> headers) {

        static Said json(int status, String body) {
            return new Said(status, "application/json", body, Map.of());
        }

        static Said problem(int status, String detail) {
            return new Said(
                    status,
                    "application/problem+json",
                    "{\"detail\": \"%s\"}".formatted(detail),
                    Map.of("Retry-After", "0"));
        }
    }

    final List<Asked> submitted = new ArrayList<>();

    /** What is answered first; empty: as usual. */
    Function<Asked, Optional<Said>> mood = asked -> Optional.empty();

    private final Map<String, String> applied = new LinkedHashMap<>();
    private final HttpServer server;

    StandInWaybill() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was applied, each once, by its key. */
    synchronized Map<String, String> applied() {
        return Map.copyOf(applied);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        Asked asked =
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        header(exchange, "Idempotency-Key"),
                        header(exchange, "Authorization"),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Said said = mood.apply(asked).orElseGet(() -> usual(asked));
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", said.contentType());
        said.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(said.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Said usual(Asked asked) {
        if (!asked.key().isEmpty()) {
            submitted.add(asked);
            applied.putIfAbsent(asked.key(), asked.method() + asked.path() + asked.body());
            String id = id(asked.key());
            return Said.json(
                    202,
                    asked.path().equals("/api/orders")
                            ? "{\"order_id\": \"%s\", \"command_id\": \"%s\"}".formatted(id, id)
                            : "{\"id\": \"%s\", \"command_id\": \"%s\"}".formatted(id, id));
        }
        if (asked.path().startsWith("/api/commands/")) {
            return Said.json(200, "{\"status\": \"APPLIED\"}");
        }
        if (asked.path().startsWith("/api/orders/")) {
            return Said.json(
                    200,
                    "{\"order_id\": \"%s\", \"status\": \"APPROVED\", \"amount\": 7.50, \"currency\": \"EUR\"}"
                            .formatted(asked.path().substring("/api/orders/".length())));
        }
        return asked.path().startsWith("/api/accounts/")
                ? Said.json(200, "{\"balance\": 12.50, \"currency\": \"EUR\"}")
                : Said.json(200, "{\"open\": true, \"menu\": [1, 2], \"review\": \"AUTO\"}");
    }

    static String id(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
