package io.waybill.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of an MQTT 5 broker as one needs who only listens: lets everybody in, grants every
 * subscription, and sends all that is published to all, with QoS 0.
 */
final class PretendBroker implements AutoCloseable {

    private static final int CONNECT = 1;
    private static final int SUBSCRIBE = 8;
    private static final int PING = 12;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    PretendBroker() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                int type = in.readUnsignedByte() >> 4;
                ByteBuffer rest = ByteBuffer.wrap(in.readNBytes(length(in)));
                switch (type) {
                    case CONNECT -> send(client, 0x20, new byte[] {0, 0, 0});
                    case SUBSCRIBE -> subscribed(client, rest);
                    case PING -> send(client, 0xd0, new byte[0]);
                    default -> {}
                }
            }
        } catch (IOException e) {
            clients.remove(client);
        }
    }

    private void subscribed(Socket client, ByteBuffer packet) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(64);
        answer.putShort(packet.getShort()).put((byte) 0);
        packet.position(packet.position() + 1 + packet.get(packet.position()));
        while (packet.hasRemaining()) {
            int filter = packet.getShort();
            packet.position(packet.position() + filter + 1);
            answer.put((byte) 1);
        }
        byte[] granted = new byte[answer.position()];
        answer.flip().get(granted);
        clients.add(client);
        send(client, 0x90, granted);
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return length;
            }
        }
    }

    /** Publishes an event about something. Topic and subject fit into 127 bytes. */
    void publish(String topic, String subject, String event) {
        byte[] what = topic.getBytes(StandardCharsets.UTF_8);
        byte[] name = "subject".getBytes(StandardCharsets.UTF_8);
        byte[] value = subject.getBytes(StandardCharsets.UTF_8);
        int properties = 1 + 2 + name.length + 2 + value.length;
        byte[] payload = event.getBytes(StandardCharsets.UTF_8);
        ByteBuffer packet = ByteBuffer.allocate(2 + what.length + 1 + properties + payload.length);
        packet.putShort((short) what.length).put(what).put((byte) properties);
        packet.put((byte) 0x26).putShort((short) name.length).put(name);
        packet.putShort((short) value.length).put(value).put(payload);
        for (Socket client : clients) {
            try {
                send(client, 0x30, packet.array());
            } catch (IOException e) {
                clients.remove(client);
            }
        }
    }

    private static void send(Socket client, int type, byte[] rest) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(3 + rest.length).put((byte) type);
        int low = rest.length & 0x7f;
        if (rest.length > low) {
            packet.put((byte) (low | 0x80)).put((byte) (rest.length >> 7));
        } else {
            packet.put((byte) low);
        }
        packet.put(rest);
        synchronized (client) {
            OutputStream out = client.getOutputStream();
            out.write(packet.array(), 0, packet.position());
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
