package io.waybill.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

import javax.net.SocketFactory;

/**
 * Sockets that wait longer for an answer than they are told to. The client gives a broker one
 * second for the handshake of a WebSocket, whatever its connection time-out, which is too short on
 * a machine that does much else.
 */
final class PatientSockets extends SocketFactory {

    private final int patienceMillis;

    PatientSockets(int patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public synchronized void setSoTimeout(int millis) throws SocketException {
                super.setSoTimeout(Math.max(millis, patienceMillis));
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw notNeeded();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
            throws IOException {
        throw notNeeded();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw notNeeded();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
            throws IOException {
        throw notNeeded();
    }

    private static IOException notNeeded() {
        return new IOException("the client connects its sockets itself");
    }
}
