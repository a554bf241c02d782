package io.waybill.gateway.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the WebSocket protocol, which can also break it. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {

    /** How a connection was closed. */
    public record Closed(int code, String reason) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    private SocketClient(URI http, String path, @Nullable String protocol, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (protocol != null) {
            builder.subprotocols(protocol);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(URI.create("ws://" + http.getAuthority() + path), this).join();
    }

    public static SocketClient open(StandInGateway gateway, String... headers) {
        return new SocketClient(gateway.at("/"), "/graphql", "graphql-transport-ws", headers);
    }

    /** Opens a connection at a path, with a protocol or none. */
    public static SocketClient openAt(
            StandInGateway gateway, String path, @Nullable String protocol) {
        return new SocketClient(gateway.at("/"), path, protocol);
    }

    /** Opens a connection and says hello. */
    public static SocketClient greeted(StandInGateway gateway) {
        SocketClient client = open(gateway);
        client.send("{\"type\": \"connection_init\"}");
        client.expect("{\"type\":\"connection_ack\"}");
        return client;
    }

    public SocketClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true).join();
    }

    public void subscribe(String id, String query) {
        send(
                JSON.writeValueAsString(
                        java.util.Map.of(
                                "id",
                                id,
                                "type",
                                "subscribe",
                                "payload",
                                java.util.Map.of("query", query))));
    }

    public JsonNode next() {
        try {
            for (int i = 0; i < 200; i++) {
                String text = received.poll(50, TimeUnit.MILLISECONDS);
                if (text != null) {
                    return JSON.readTree(text);
                }
                if (closed.isDone() && received.isEmpty()) {
                    throw new AssertionError("closed instead of a message: " + closed.join());
                }
            }
            throw new AssertionError("no message within ten seconds");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    public void expect(String json) {
        assertThat(next()).hasToString(json);
    }

    public boolean hasReceivedNothing() {
        return received.isEmpty();
    }

    public Closed closed() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Stops reading: what the server sends piles up. */
    public void abort() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            received.add(parts.toString());
            parts.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
