package io.waybill.wire.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a broker: can cut every connection, refuse new ones, or fall silent.
 */
final class CutProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean refusing;
    private volatile boolean silent;

    CutProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + server.getLocalPort());
    }

    /** Breaks what is connected. */
    void cut() {
        sockets.forEach(CutProxy::close);
        sockets.clear();
    }

    /** Whether new connections are broken at once. */
    void refuse(boolean refuse) {
        refusing = refuse;
        if (refuse) {
            cut();
        }
    }

    /** Whether the target's bytes are swallowed. */
    void silence(boolean swallow) {
        silent = swallow;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(broker);
                Thread.ofVirtual().start(() -> copy(client, broker, false));
                Thread.ofVirtual().start(() -> copy(broker, client, true));
            } catch (IOException e) {
                // The next try shows whether it was closed.
            }
        }
    }

    private void copy(Socket from, Socket to, boolean silenceable) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!silenceable || !silent) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // Cut.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
