package io.waybill.gateway.subscription;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * What goes to one client, in order. Whoever has something to send puts it here and goes on; a
 * virtual thread, which lives while there is something, writes. The queue holds at most {@value
 * #MOST_MESSAGES} messages and {@value #MOST_CHARACTERS} characters: a client that lets it fill up
 * is closed.
 */
final class Outgoing {

    static final int MOST_MESSAGES = 1_000;
    static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    private final WebSocketSession session;
    private final Deque<WebSocketMessage<?>> queue = new ArrayDeque<>();
    private long characters;
    private boolean writing;
    private boolean closed;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Outgoing(WebSocketSession session) {
        this.session = session;
    }

    /** Sends a message after those before it. Nothing happens once the connection closes. */
    void send(String text) {
        put(new TextMessage(text));
    }

    /** Asks the client for a sign of life. */
    void ping() {
        put(new PingMessage());
    }

    /**
     * Sends what is queued and closes; the future completes when that is done. The first reason
     * counts.
     */
    CompletableFuture<Void> close(CloseStatus reason) {
        put(new Last(reason));
        return over;
    }

    private void put(WebSocketMessage<?> message) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (message instanceof Last) {
                closed = true;
            } else if (queue.size() >= MOST_MESSAGES || characters > MOST_CHARACTERS) {
                closed = true;
                queue.clear();
                queue.add(new Last(Closing.TOO_SLOW));
            }
            queue.add(message);
            characters += message.getPayloadLength();
            if (writing) {
                return;
            }
            writing = true;
        }
        Thread.ofVirtual().name("websocket-writer").start(this::write);
    }

    private void write() {
        try {
            WebSocketMessage<?> message = next();
            while (message != null) {
                if (message instanceof Last last) {
                    session.close(last.getPayload());
                    over.complete(null);
                    return;
                }
                session.sendMessage(message);
                message = next();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("A WebSocket client is gone", e);
            abandon();
        }
    }

    private synchronized @Nullable WebSocketMessage<?> next() {
        WebSocketMessage<?> message = queue.poll();
        if (message == null) {
            writing = false;
        } else {
            characters -= message.getPayloadLength();
        }
        return message;
    }

    private void abandon() {
        synchronized (this) {
            closed = true;
            queue.clear();
        }
        try {
            session.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException | RuntimeException e) {
            LOG.debug("A WebSocket client could not be closed", e);
        }
        over.complete(null);
    }

    /** The end of the queue. */
    private record Last(CloseStatus status) implements WebSocketMessage<CloseStatus> {

        @Override
        public CloseStatus getPayload() {
            return status;
        }

        @Override
        public int getPayloadLength() {
            return 0;
        }

        @Override
        public boolean isLast() {
            return true;
        }
    }
}
