package io.waybill.wire.mqtt;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.SocketFactory;

/**
 * The sockets of one Paho connection, as Paho needs them to be quick and right: without Nagle's
 * delay, which it never switches off; read through a buffer, since it reads byte by byte; and
 * without the read time-out that it sets, since it loses its place in the stream when one strikes
 * in the middle of a header. Closing the sockets ends the connection, whatever Paho is doing.
 *
 * <p>A connection that ends before Paho has spoken on it is reported only then: Paho's reader, if
 * it ends before Paho has seen it run, leaves a thread that waits for it for ever.
 */
final class QuickSockets extends SocketFactory {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int SPEAKS_WITHIN_SECONDS = 5;

    private final List<Socket> sockets = new ArrayList<>();
    private boolean closed;

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (closed) {
            throw new IOException("the connection was given up");
        }
        Socket socket = new QuickSocket();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    /** Closes what was made and makes no more. */
    synchronized void close() {
        closed = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is as closed as it can be.
            }
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        throw new IOException("no local address can be chosen");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
            throws IOException {
        throw new IOException("no local address can be chosen");
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }

    private static final class QuickSocket extends Socket {

        private final CountDownLatch spoken = new CountDownLatch(1);

        @Override
        public void setSoTimeout(int timeout) {
            // Paho's reader ends when the socket is closed; it needs no time-out.
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Buffered(super.getInputStream(), spoken);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new Speaking(super.getOutputStream(), spoken);
        }
    }

    /** Notes that something was said, or that it was tried. */
    private static final class Speaking extends FilterOutputStream {

        private final CountDownLatch spoken;

        Speaking(OutputStream out, CountDownLatch spoken) {
            super(out);
            this.spoken = spoken;
        }

        @Override
        public void write(int b) throws IOException {
            spoken.countDown();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            spoken.countDown();
            out.write(bytes, from, length);
        }
    }

    /**
     * Says what is available without asking the system while there is something in the buffer, and
     * keeps bad news until something was said. For one reader.
     */
    private static final class Buffered extends BufferedInputStream {

        private final CountDownLatch spoken;

        Buffered(InputStream in, CountDownLatch spoken) {
            super(in, BUFFER_BYTES);
            this.spoken = spoken;
        }

        @Override
        public synchronized int read() throws IOException {
            return kept(super::read);
        }

        @Override
        public synchronized int read(byte[] bytes, int from, int length) throws IOException {
            return kept(() -> super.read(bytes, from, length));
        }

        @Override
        public synchronized int available() throws IOException {
            return count > pos ? count - pos : kept(super::available);
        }

        private int kept(Reading reading) throws IOException {
            try {
                int result = reading.read();
                if (result < 0) {
                    awaitSpoken();
                }
                return result;
            } catch (IOException e) {
                awaitSpoken();
                throw e;
            }
        }

        private void awaitSpoken() {
            try {
                boolean _ = spoken.await(SPEAKS_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }
}
