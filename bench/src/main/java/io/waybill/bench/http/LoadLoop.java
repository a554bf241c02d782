package io.waybill.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over a fixed number of connections, on the thread that calls {@link #run}. Beside
 * the main connections there are some aside, so that requests that wait for an outcome do not take
 * part in the load. Not thread-safe.
 */
public final class LoadLoop implements AutoCloseable {

    private static final int MOST_BREAKS_IN_A_ROW = 1_000;

    private final Selector selector;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Connection> idleAside = new ArrayDeque<>();
    private final List<Connection> all = new ArrayList<>();
    private int busy;
    private int breaksInARow;

    /** Opens the connections. */
    public LoadLoop(Target target, int connections, int aside) throws IOException {
        selector = Selector.open();
        ByteBuffer received = ByteBuffer.allocateDirect(64 << 10);
        for (int i = 0; i < connections + aside; i++) {
            Connection connection = new Connection(target, selector, received, i >= connections);
            all.add(connection);
            (connection.aside ? idleAside : idle).add(connection);
        }
        try {
            for (Connection connection : all) {
                connection.open();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Does a work until it is over and all is answered.
     *
     * @throws IOException when that takes longer than it may, or connections break again and again
     */
    public void run(Work work, Duration atMost) throws IOException {
        long begun = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            if (now - begun > atMost.toNanos()) {
                throw new IOException(
                        "%d requests are still not answered after %s".formatted(busy, atMost));
            }
            sendWhatIsDue(work, now);
            if (busy == 0 && work.over(now)) {
                return;
            }
            // With no connection free, only an answer can change anything.
            long next = idle.isEmpty() ? Long.MAX_VALUE : work.nextDue(now);
            waitFor(next == Long.MAX_VALUE ? next : next - System.nanoTime());
        }
    }

    private void sendWhatIsDue(Work work, long now) throws IOException {
        while (!idle.isEmpty()) {
            Exchange exchange = work.next(now);
            if (exchange == null) {
                break;
            }
            send(idle.remove(), exchange);
        }
        while (!idleAside.isEmpty()) {
            Exchange exchange = work.nextAside(now);
            if (exchange == null) {
                break;
            }
            send(idleAside.remove(), exchange);
        }
    }

    private void send(Connection connection, Exchange exchange) throws IOException {
        busy++;
        try {
            connection.send(exchange);
        } catch (IOException e) {
            broken(connection, e);
        }
    }

    /** A selector waits in whole milliseconds; what is due sooner is awaited in tenths of one. */
    private void waitFor(long nanos) throws IOException {
        if (nanos < 1_000_000) {
            if (selector.selectNow(this::goOn) == 0 && nanos > 0) {
                LockSupport.parkNanos(Math.min(nanos, 100_000));
            }
        } else {
            selector.select(this::goOn, Math.min(nanos / 1_000_000, 100));
        }
    }

    private void goOn(SelectionKey key) {
        if (!(key.attachment() instanceof Connection connection)) {
            return;
        }
        try {
            if (connection.goOn(key)) {
                breaksInARow = 0;
                free(connection);
            }
        } catch (IOException e) {
            try {
                broken(connection, e);
            } catch (IOException tooMany) {
                throw new UncheckedIOException(tooMany);
            }
        }
    }

    private void broken(Connection connection, IOException cause) throws IOException {
        if (connection.broken(cause)) {
            free(connection);
            breaksInARow++;
            if (breaksInARow > MOST_BREAKS_IN_A_ROW) {
                throw new IOException(
                        "connections break again and again: " + cause.getMessage(), cause);
            }
        }
    }

    private void free(Connection connection) {
        busy--;
        (connection.aside ? idleAside : idle).add(connection);
    }

    /** Sends one request and waits for its answer. */
    public Response ask(byte[] request, Duration atMost) throws IOException {
        return askAll(List.of(request), atMost).getFirst();
    }

    /** Sends some requests side by side; gives the answers, in the order of the requests. */
    public List<Response> askAll(List<byte[]> requests, Duration atMost) throws IOException {
        Batch batch = new Batch(requests);
        run(batch, atMost);
        return batch.responses();
    }

    @Override
    public void close() {
        all.forEach(Connection::close);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
