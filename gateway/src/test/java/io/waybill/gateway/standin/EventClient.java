package io.waybill.gateway.standin;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of one event stream, as a browser's or a program's would be. */
public final class EventClient implements AutoCloseable {

    /** What ends a stream in place of an event. */
    public static final String END = "the end";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<InputStream> response;

    private EventClient(HttpRequest.Builder request, String... headers) {
        request.header("Accept", "text/event-stream").timeout(Duration.ofSeconds(30));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        if (response.statusCode() == 200) {
            Thread.ofVirtual().start(this::listen);
        }
    }

    /** Posts a document and listens once the answer has begun. */
    public static EventClient post(URI endpoint, String query, String... headers) {
        return new EventClient(
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("query", query)))),
                headers);
    }

    /** Asks with a document in the address. */
    public static EventClient get(URI endpoint, String query, String... headers) {
        return new EventClient(
                HttpRequest.newBuilder(
                        URI.create(
                                endpoint
                                        + "?query="
                                        + URLEncoder.encode(query, StandardCharsets.UTF_8))),
                headers);
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The whole body of an answer that is no stream. */
    public String body() {
        try {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The next event: its lines without their ends; {@link #END} after the last. */
    public String next() {
        try {
            String event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event within ten seconds");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public void expectNext(String json) {
        assertThat(next()).isEqualTo("event: next|data: " + json);
    }

    public void expectComplete() {
        assertThat(next()).isEqualTo("event: complete|data: ");
        assertThat(next()).isEqualTo(END);
    }

    /** How many comments have come. */
    public int comments() {
        return comments.get();
    }

    public boolean hasReceivedNothing() {
        return events.isEmpty();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            StringBuilder event = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (!line.isEmpty()) {
                    event.append(event.isEmpty() ? "" : "|").append(line);
                } else if (!event.isEmpty()) {
                    events.add(event.toString());
                    event.setLength(0);
                }
            }
            events.add(END);
        } catch (IOException e) {
            events.add("broken: " + e.getMessage());
        }
    }

    /** Leaves, whatever is still to come. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
