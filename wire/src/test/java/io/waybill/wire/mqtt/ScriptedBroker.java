package io.waybill.wire.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/**
 * Speaks as much MQTT 5 as it takes to lose a connection at a chosen moment: each connection goes
 * as the next scene says, and those after the last scene as the last.
 */
final class ScriptedBroker implements AutoCloseable {

    private static final int CONNECT = 1;
    private static final int SUBSCRIBE = 8;

    /**
     * How a connection goes.
     *
     * @param sessionPresent what it is told of its session
     * @param answersSubscribe whether its subscription is answered; else the connection is closed
     *     then
     */
    record Scene(boolean sessionPresent, boolean answersSubscribe) {}

    private final ServerSocket server;
    private final List<Scene> scenes;
    private volatile Socket connection = new Socket();

    ScriptedBroker(Scene... scenes) throws IOException {
        this.scenes = List.of(scenes);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        for (int i = 0; !server.isClosed(); i++) {
            try (Socket client = server.accept()) {
                connection = client;
                play(scenes.get(Math.min(i, scenes.size() - 1)), client);
            } catch (IOException e) {
                // The client or the test ended it.
            }
        }
    }

    private static void play(Scene scene, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        while (true) {
            int type = in.readUnsignedByte() >> 4;
            byte[] packet = in.readNBytes(length(in));
            if (type == CONNECT) {
                out.write(new byte[] {0x20, 3, (byte) (scene.sessionPresent() ? 1 : 0), 0, 0});
            } else if (type == SUBSCRIBE && scene.answersSubscribe()) {
                out.write(new byte[] {(byte) 0x90, 4, packet[0], packet[1], 0, 1});
            } else {
                return;
            }
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int part = in.readUnsignedByte();
            length |= (part & 0x7f) << shift;
            if (part < 0x80) {
                return length;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connection.close();
    }
}
