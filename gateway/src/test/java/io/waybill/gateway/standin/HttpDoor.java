package io.waybill.gateway.standin;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A plain HTTP client that speaks GraphQL. */
public final class HttpDoor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    public HttpDoor(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** What came back. */
    public record Answer(int status, String contentType, JsonNode json) {

        public JsonNode data() {
            return json.path("data");
        }

        public JsonNode error() {
            return json.path("errors").path(0);
        }

        public String code() {
            return error().path("extensions").path("code").asString("");
        }

        public String field() {
            return error().path("extensions").path("field").asString("");
        }

        public String message() {
            return error().path("message").asString("");
        }
    }

    public Answer execute(String query) {
        return execute(query, Map.of());
    }

    public Answer execute(String query, Map<String, ?> variables) {
        return post(JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
    }

    public Answer post(String body, String... headers) {
        HttpResponse<String> response =
                send(
                        with(HttpRequest.newBuilder(endpoint), headers)
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.body().isEmpty()
                        ? JSON.createObjectNode()
                        : JSON.readTree(response.body()));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        request.setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }
}
