package io.waybill.app.e2e;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A GraphQL request whose results come as Server-Sent Events. Used by one thread. */
final class EventStream implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A line of an event, or the end of all. */
    private record Line(String text, boolean last) {}

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EventStream(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(request.uri() + " gave " + response.statusCode());
            }
            Thread.ofVirtual().start(() -> listen(response.body()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks with POST; the answer has begun when this returns. */
    static EventStream of(GraphQl graphQl, String document, Map<String, Object> variables) {
        try {
            return new EventStream(
                    HttpRequest.newBuilder(graphQl.uri("http", "/graphql"))
                            .timeout(PATIENCE)
                            .header("Accept", "text/event-stream")
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            GraphQl.JSON.writeValueAsString(
                                                    Map.of(
                                                            "query",
                                                            document,
                                                            "variables",
                                                            variables))))
                            .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of the next result. */
    JsonNode next() {
        String event = line();
        String data = line();
        if (!event.equals("event: next") || !data.startsWith("data: {\"data\":")) {
            throw new AssertionError("wanted a result, got " + event + " with " + data);
        }
        return GraphQl.JSON.readTree(data.substring("data: ".length())).get("data");
    }

    /** Takes the end of all results. */
    void complete() {
        String event = line();
        if (!event.equals("event: complete") || !line().equals("data: ") || !ended()) {
            throw new AssertionError("wanted the end, got " + event);
        }
    }

    /** Whether the answer ends now, within a while. */
    boolean ended() {
        return take().last();
    }

    private String line() {
        return take().text();
    }

    private Line take() {
        try {
            Line line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new AssertionError("no event came");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void listen(InputStream body) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && !line.startsWith(":")) {
                    lines.add(new Line(line, false));
                }
            }
            lines.add(new Line("", true));
        } catch (IOException e) {
            lines.add(new Line("broken: " + e, false));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
