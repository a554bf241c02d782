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
 * virtual thread, which lives while there is something, writes and then says so. The queue holds at
 * most {@value #MOST_MESSAGES} messages and {@value #MOST_CHARACTERS} characters: a client that
 * asks for more than that without taking it is closed. So is one that takes nothing at all for as
 * long as the container waits for that.
 */
final class Outgoing {

    static final int MOST_MESSAGES = 1_000;
    static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);
    private static final Runnable NOTHING = () -> {};

    /** What is written, and what is done then. */
    private record Piece(WebSocketMessage<?> message, Runnable written) {}

    private final WebSocketSession session;
    private final Deque<Piece> queue = new ArrayDeque<>();
    private long characters;
    private boolean writing;
    private boolean closed;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Outgoing(WebSocketSession session) {
        this.session = session;
    }

    /** Sends a message after those before it. Nothing happens once the connection closes. */
    void send(String text) {
        send(text, NOTHING);
    }

    /** Sends a message likewise, then runs something on the writing thread. */
    void send(String text, Runnable written) {
        put(new Piece(new TextMessage(text), written));
    }

    /** Asks the client for a sign of life. */
    void ping() {
        put(new Piece(new PingMessage(), NOTHING));
    }

    /**
     * Sends what is queued and closes; the future completes when that is done. The first reason
     * counts.
     */
    CompletableFuture<Void> close(CloseStatus reason) {
        put(new Piece(new Last(reason), NOTHING));
        return over;
    }

    private void put(Piece piece) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (piece.message() instanceof Last) {
                closed = true;
                queue.add(piece);
            } else if (queue.size() >= MOST_MESSAGES || characters > MOST_CHARACTERS) {
                closed = true;
                queue.clear();
                queue.add(new Piece(new Last(Closing.TOO_SLOW), NOTHING));
            } else {
                queue.add(piece);
                characters += piece.message().getPayloadLength();
            }
            if (writing) {
                return;
            }
            writing = true;
        }
        Thread.ofVirtual().name("websocket-writer").start(this::write);
    }

    private void write() {
        try {
            Piece piece = next();
            while (piece != null) {
                if (piece.message() instanceof Last last) {
                    session.close(last.getPayload());
                    over.complete(null);
                    return;
                }
                session.sendMessage(piece.message());
                piece.written().run();
                piece = next();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("A WebSocket client is gone", e);
            abandon();
        }
    }

    private synchronized @Nullable Piece next() {
        Piece piece = queue.poll();
        if (piece == null) {
            writing = false;
        } else {
            characters -= piece.message().getPayloadLength();
        }
        return piece;
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
