package io.waybill.gateway.subscription;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.web.Tokens;
import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All WebSocket connections. One thread of its own watches over time-outs and signs of life; it
 * never waits. Closing tells all clients that Waybill stops. Safe for use by many threads.
 */
public final class GraphQlSockets extends AbstractWebSocketHandler
        implements SubProtocolCapable, AutoCloseable {

    private static final long LAST_WORDS_MILLIS = 1_000;
    private static final String PROTOCOL = "graphql-transport-ws";

    private final GraphQlExecution execution;
    private final Tokens tokens;
    private final SocketLimits limits;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("websocket-watch").factory());

    /** Serves connections within these limits. */
    public GraphQlSockets(GraphQlExecution execution, Tokens tokens, SocketLimits limits) {
        this.execution = execution;
        this.tokens = tokens;
        this.limits = limits;
        long period = limits.keepAlive().toMillis();
        var _ = watch.scheduleWithFixedDelay(this::test, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(PROTOCOL);
    }

    /** Long messages come in parts, so that no connection holds a buffer for the longest. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        Outgoing outgoing = new Outgoing(session);
        if (!PROTOCOL.equals(session.getAcceptedProtocol())) {
            var _ = outgoing.close(Closing.NO_SUBPROTOCOL);
        } else if (connections.size() >= limits.connections()) {
            var _ = outgoing.close(Closing.TOO_MANY_CONNECTIONS);
        } else {
            Connection connection =
                    new Connection(execution, tokens, limits, outgoing, principal(session));
            connections.put(session.getId(), connection);
            var _ =
                    watch.schedule(
                            connection::initTimedOut,
                            limits.initTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Connection connection = connections.get(session.getId());
        if (connection != null) {
            connection.received(message.getPayload(), message.isLast());
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        Connection connection = connections.get(session.getId());
        if (connection != null) {
            var _ = connection.closing(Closing.malformed("messages are text"));
        }
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        Connection connection = connections.get(session.getId());
        if (connection != null) {
            connection.alive();
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Connection connection = connections.remove(session.getId());
        if (connection != null) {
            connection.ended();
        }
    }

    /** Tests all connections for signs of life. */
    void test() {
        connections.values().forEach(Connection::test);
    }

    /** Whether no client owes a sign of life. */
    boolean allAnswered() {
        return connections.values().stream().noneMatch(Connection::owesAnswer);
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    /** Tells all clients that Waybill stops, and waits up to a second until they are told. */
    @Override
    public void close() {
        watch.shutdownNow();
        CompletableFuture<?>[] told =
                connections.values().stream()
                        .map(connection -> connection.closing(Closing.GOING_AWAY))
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(told)
                .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static Principal principal(WebSocketSession session) {
        @Nullable Object known = session.getAttributes().get(SocketPrincipal.ATTRIBUTE);
        return known instanceof Principal principal ? principal : Principal.ANONYMOUS;
    }
}
