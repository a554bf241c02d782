package io.waybill.app.e2e;

import tools.jackson.databind.JsonNode;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A GraphQL subscription over WebSocket, by the protocol {@code graphql-transport-ws}. */
final class Subscription implements AutoCloseable, WebSocket.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private Subscription(GraphQl graphQl) {
        socket =
                GraphQl.http()
                        .newWebSocketBuilder()
                        .subprotocols("graphql-transport-ws")
                        .connectTimeout(PATIENCE)
                        .buildAsync(graphQl.uri("ws", "/graphql"), this)
                        .join();
    }

    /** Connects and subscribes. */
    static Subscription to(GraphQl graphQl, String document, Map<String, Object> variables) {
        Subscription subscription = new Subscription(graphQl);
        subscription.send(Map.of("type", "connection_init"));
        subscription.next("connection_ack");
        subscription.send(
                Map.of(
                        "id",
                        "1",
                        "type",
                        "subscribe",
                        "payload",
                        Map.of("query", document, "variables", variables)));
        return subscription;
    }

    /** The next message, which must be of a type. */
    JsonNode next(String type) {
        try {
            JsonNode message = messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null || !message.get("type").asString().equals(type)) {
                throw new AssertionError("wanted " + type + ", got " + message);
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a message that says something has come, or comes within a moment. */
    boolean hears(String text) {
        try {
            JsonNode message = messages.poll(1, TimeUnit.SECONDS);
            return message != null && message.toString().contains(text);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void send(Object message) {
        socket.sendText(GraphQl.JSON.writeValueAsString(message), true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonNode message = GraphQl.JSON.readTree(partial.toString());
            partial.setLength(0);
            if (message.get("type").asString().equals("ping")) {
                var _ = webSocket.sendText("{\"type\":\"pong\"}", true);
            } else {
                messages.add(message);
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
