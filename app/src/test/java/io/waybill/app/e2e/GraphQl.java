package io.waybill.app.e2e;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * A GraphQL client over HTTP, as a browser or any program would be. Safe for use by many threads.
 */
public final class GraphQl {

    static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private final int port;

    GraphQl(int port) {
        this.port = port;
    }

    /** Runs a document and returns the whole answer. */
    public JsonNode run(String document) {
        return run(document, Map.of());
    }

    /** Runs a document with variables and returns the whole answer. */
    public JsonNode run(String document, Map<String, Object> variables) {
        try {
            return tryRun(document, variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a document; fails when there is no answer. */
    JsonNode tryRun(String document, Map<String, Object> variables) throws IOException {
        return JSON.readTree(
                post("/graphql", Map.of("query", document, "variables", variables)).body());
    }

    /** The data of a document that must not fail. */
    public JsonNode data(String document) {
        return data(document, Map.of());
    }

    JsonNode data(String document, Map<String, Object> variables) {
        JsonNode answer = run(document, variables);
        if (answer.has("errors")) {
            throw new AssertionError(document + " gave " + answer);
        }
        return answer.get("data");
    }

    /** The first error of a document that must fail. */
    JsonNode error(String document) {
        JsonNode answer = run(document);
        if (!answer.has("errors")) {
            throw new AssertionError(document + " gave no error but " + answer);
        }
        return answer.get("errors").get(0);
    }

    /** What became of a command: null when it is not known here. */
    JsonNode command(String id) {
        return data(
                        "query($id: String!) { command(id: $id) { id status code message field"
                                + " aggregateId version topic acceptedAt decidedAt } }",
                        Map.of("id", id))
                .get("command");
    }

    HttpResponse<String> post(String path, Object body) throws IOException {
        return send(
                HttpRequest.newBuilder(uri("http", path))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .timeout(Duration.ofSeconds(20))
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(
                HttpRequest.newBuilder(uri("http", path)).timeout(Duration.ofSeconds(20)).build());
    }

    URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + port + path);
    }

    static HttpClient http() {
        return HTTP;
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
