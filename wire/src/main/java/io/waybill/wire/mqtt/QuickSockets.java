package io.waybill.wire.mqtt;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import javax.net.SocketFactory;

/**
 * The sockets of one Paho connection, as Paho needs them to be quick and right: without Nagle's
 * delay, which it never switches off; read through a buffer, since it reads byte by byte; and
 * without the read time-out that it sets, since it loses its place in the stream when one strikes
 * in the middle of a header. Closing the sockets ends the connection, whatever Paho is doing.
 */
final class QuickSockets extends SocketFactory {

    private static final int BUFFER_BYTES = 64 * 1024;

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

        @Override
        public void setSoTimeout(int timeout) {
            // Paho's reader ends when the socket is closed; it needs no time-out.
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Buffered(super.getInputStream());
        }
    }

    /** Says what is available without asking the system while there is something in the buffer. */
    private static final class Buffered extends BufferedInputStream {

        Buffered(InputStream in) {
            super(in, BUFFER_BYTES);
        }

        @Override
        public synchronized int available() throws IOException {
            return count > pos ? count - pos : super.available();
        }
    }
}
