package io.waybill.gateway.graphql.sse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes to one client, in order. Whoever has something to write puts it here and goes on; a
 * virtual thread, which lives while there is something, writes and then says so. What is put is
 * bounded by its only user, which puts the next result once the last was written. A write that the
 * client does not take within the connection's time-out fails, and ends the stream.
 */
final class StreamWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);
    private static final Runnable NOTHING = () -> {};

    /** What is written, and what is done then. */
    private record Piece(byte[] bytes, Runnable written, boolean last) {}

    private final OutputStream out;
    private final Runnable complete;
    private final Runnable failed;

    /**
     * Held by whoever uses the answer or gives it back. The container, which uses its parts again
     * for other requests, ends an answer itself when a write fails: it is not touched after that.
     */
    private final ReentrantLock answer = new ReentrantLock();

    private boolean givenBack;

    /** Guarded by this, as the three after it. */
    private final Deque<Piece> queue = new ArrayDeque<>();

    private boolean writing;
    private boolean ended;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * Writes to the client of a request.
     *
     * @param out where the request is answered
     * @param complete gives the answer back to the container
     * @param failed is run when the client cannot be written to any more
     */
    StreamWriter(OutputStream out, Runnable complete, Runnable failed) {
        this.out = out;
        this.complete = complete;
        this.failed = failed;
    }

    /** Writes, then runs something on the writing thread. Nothing happens once it has ended. */
    void write(byte[] event, Runnable written) {
        put(new Piece(event, written, false));
    }

    /** Writes a comment, unless something else is being written. */
    void comment() {
        synchronized (this) {
            if (writing) {
                return;
            }
        }
        put(new Piece(StreamEvent.COMMENT, NOTHING, false));
    }

    /**
     * Writes what was put before and these last words, and ends the answer; the future completes
     * when that is done. The first end counts.
     */
    CompletableFuture<Void> end(byte... lastWords) {
        put(new Piece(lastWords, NOTHING, true));
        return over;
    }

    /** Completes when nothing more is written. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** The container has the answer back: nothing more is written. */
    void givenBack() {
        answer.lock();
        givenBack = true;
        answer.unlock();
        isOver();
    }

    private void put(Piece piece) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = piece.last();
            queue.add(piece);
            if (writing) {
                return;
            }
            writing = true;
        }
        Thread.ofVirtual().name("event-stream-writer").start(this::write);
    }

    private void write() {
        try {
            Piece piece = next();
            while (piece != null) {
                write(piece);
                if (piece.last()) {
                    giveBack();
                    return;
                }
                piece.written().run();
                piece = next();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("A client of an event stream is gone", e);
            giveBack();
            failed.run();
        }
    }

    private synchronized @Nullable Piece next() {
        Piece piece = queue.poll();
        if (piece == null) {
            writing = false;
        }
        return piece;
    }

    private void write(Piece piece) throws IOException {
        answer.lock();
        try {
            if (givenBack) {
                throw new IOException("the answer has ended");
            }
            out.write(piece.bytes());
            if (piece.last()) {
                out.close(); // or the container would say later that this was all
            } else {
                out.flush();
            }
        } finally {
            answer.unlock();
        }
    }

    private void giveBack() {
        answer.lock();
        try {
            if (!givenBack) {
                givenBack = true;
                complete.run();
            }
        } catch (IllegalStateException e) {
            LOG.debug("The container has ended an event stream itself", e);
        } finally {
            answer.unlock();
        }
        isOver();
    }

    private void isOver() {
        synchronized (this) {
            ended = true;
            queue.clear();
        }
        over.complete(null);
    }
}
