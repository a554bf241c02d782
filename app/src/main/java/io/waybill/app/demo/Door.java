package io.waybill.app.demo;

import io.waybill.app.settings.Refusal;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The REST door of a running Waybill. What cannot be had is a {@link Refusal} that names the
 * address. Used by one thread.
 */
final class Door implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI address;
    private final Optional<String> token;

    Door(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    URI address() {
        return address;
    }

    /** What a request was answered with, when it was not refused. */
    record Answer(JsonNode json, Optional<Duration> tryAgainAfter) {}

    /**
     * Submits a command under a key.
     *
     * @return the answer; or, without one, when to try again
     */
    Answer submit(String method, String path, Map<String, ?> body, String key) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return answer(method + " " + path, send(request.build()), key);
    }

    /** What is there; empty when it is not known (yet). */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> response = send(request(path).GET().build());
        boolean later = response.statusCode() == 404 || passes(response.statusCode());
        return later && isOurs(response)
                ? Optional.empty()
                : Optional.of(answer("GET " + path, response, "").json());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return request;
    }

    private Answer answer(String what, HttpResponse<String> response, String key) {
        int status = response.statusCode();
        if (!isOurs(response)) {
            throw Refusal.cannotRun(
                    "what answers at %s is no Waybill that knows %s.".formatted(address, what));
        }
        if (status == 401) {
            throw Refusal.cannotRun(
                    "Waybill at %s wants credentials; give a token with --token."
                            .formatted(address));
        }
        if (status == 409) {
            throw Refusal.cannotRun(
                    "Waybill at %s has met the demo's '%s' with other content, from another version of it."
                            .formatted(address, key));
        }
        if (passes(status)) {
            return new Answer(JSON.createObjectNode(), Optional.of(retryAfter(response)));
        }
        JsonNode json = json(response);
        if (status >= 400) {
            throw Refusal.cannotRun(
                    "Waybill at %s refused %s: %s."
                            .formatted(address, what, json.path("detail").asString("")));
        }
        return new Answer(json, Optional.empty());
    }

    private static boolean passes(int status) {
        return status == 429 || status == 503 || status == 504;
    }

    /** Answers of ours are JSON, refusals included. */
    private static boolean isOurs(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/json") || type.startsWith("application/problem+json");
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("1");
        return Duration.ofSeconds(seconds.matches("[0-9]{1,3}") ? Long.parseLong(seconds) : 1);
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw Refusal.cannotRun("what answers at %s is no Waybill.".formatted(address));
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw Refusal.cannotRun(
                    "nothing answers at %s; start Waybill with './waybill up', or say with --http where it is."
                            .formatted(address));
        } catch (IOException e) {
            throw Refusal.cannotRun(
                    "Waybill at %s did not answer: %s.".formatted(address, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.cannotRun("the demo was interrupted.");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
