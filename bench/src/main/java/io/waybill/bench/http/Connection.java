package io.waybill.bench.http;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection that is kept open and carries one exchange at a time. Used by the loop's thread
 * alone.
 */
final class Connection implements AutoCloseable {

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    /** Whether it is one of those aside. */
    final boolean aside;

    private final Target target;
    private final Selector selector;
    private final ByteBuffer received;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable Exchange underWay;
    private ByteBuffer toSend = ByteBuffer.allocate(0);
    private ResponseReader reader = new ResponseReader();

    Connection(Target target, Selector selector, ByteBuffer received, boolean aside) {
        this.target = target;
        this.selector = selector;
        this.received = received;
        this.aside = aside;
    }

    /**
     * Opens it, waiting for that up to five seconds: connections are made before the load, or after
     * a break.
     */
    void open() throws IOException {
        SocketChannel opened = SocketChannel.open();
        try {
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.socket().connect(target.address(), (int) TO_CONNECT.toMillis());
            opened.configureBlocking(false);
            key = opened.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            opened.close();
            throw new IOException(
                    "no connection to " + target.authority() + ": " + e.getMessage(), e);
        }
        channel = opened;
        reader = new ResponseReader();
    }

    /** Begins an exchange; opens the connection first when it is not. */
    void send(Exchange exchange) throws IOException {
        underWay = exchange;
        if (channel == null) {
            open();
        }
        toSend = ByteBuffer.wrap(exchange.request());
        write();
    }

    private void write() throws IOException {
        SocketChannel open = opened();
        open.write(toSend);
        if (key != null) {
            key.interestOps(
                    toSend.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ);
        }
    }

    /** Goes on with what is ready; whether the exchange is over. */
    boolean goOn(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            write();
        }
        return ready.isReadable() && read();
    }

    private boolean read() throws IOException {
        while (true) {
            received.clear();
            int count = opened().read(received);
            if (count == 0) {
                return false;
            }
            if (count < 0) {
                throw new EOFException("the connection was closed by the other side");
            }
            Exchange exchange = underWay;
            if (exchange == null) {
                throw new IOException("an answer came that was not asked for");
            }
            Response response = reader.take(received.flip());
            if (response != null) {
                underWay = null;
                if (reader.wasTheLast()) {
                    close();
                }
                exchange.answer().answered(response, System.nanoTime());
                return true;
            }
        }
    }

    private SocketChannel opened() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            throw new IOException("the connection is closed");
        }
        return open;
    }

    /** Closes it and tells the exchange under way; whether there was one. */
    boolean broken(IOException cause) {
        Exchange exchange = underWay;
        underWay = null;
        close();
        if (exchange != null) {
            exchange.answer().broken(cause);
        }
        return exchange != null;
    }

    @Override
    public void close() {
        SocketChannel open = channel;
        channel = null;
        key = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone either way.
                channel = null;
            }
        }
    }
}
