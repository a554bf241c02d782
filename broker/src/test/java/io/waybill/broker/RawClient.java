package io.waybill.broker;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * As little of MQTT 5 as it takes to do what Paho does not: choose packet ids, live on after a
 * refused QoS 2 message, and see why a connection was refused.
 */
final class RawClient implements AutoCloseable {

    /** What the broker answered; the reason is empty where it gave none. */
    record Answer(int code, String reason) {}

    /** What a CONNECT carries. */
    record Connect(
            String clientId,
            @Nullable String user,
            @Nullable String password,
            @Nullable String willTopic,
            @Nullable String willResponseTopic) {

        Connect(
                String clientId,
                @Nullable String user,
                @Nullable String password,
                @Nullable String willTopic) {
            this(clientId, user, password, willTopic, null);
        }
    }

    private static final int CONNACK = 0x20;
    private static final int PUBREC = 0x50;
    private static final int PUBCOMP = 0x70;
    private static final int REASON_STRING = 0x1f;

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    private static RawClient at(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return new RawClient(socket);
    }

    static RawClient connect(int port, String clientId) throws IOException {
        return letIn(at(port), clientId, false);
    }

    /** Connects to a session that is kept, a new one when there is none. */
    static RawClient connectKeepingSession(int port, String clientId) throws IOException {
        return letIn(at(port), clientId, true);
    }

    private static RawClient letIn(RawClient client, String clientId, boolean keepingSession)
            throws IOException {
        Answer answer = client.connack(new Connect(clientId, null, null, null), keepingSession);
        if (answer.code() != 0) {
            throw new IOException("was not let in: " + answer);
        }
        return client;
    }

    /** How a broker answers a CONNECT. */
    static Answer answer(int port, Connect connect) throws IOException {
        try (RawClient client = at(port)) {
            return client.connack(connect, false);
        }
    }

    private Answer connack(Connect connect, boolean keepingSession) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.writeUTF("MQTT");
        body.writeByte(5);
        body.writeByte(
                (keepingSession ? 0 : 2)
                        | (connect.willTopic() == null ? 0 : 0x0c)
                        | (connect.user() == null ? 0 : 0x80)
                        | (connect.password() == null ? 0 : 0x40));
        body.writeShort(60);
        if (keepingSession) {
            body.writeByte(5);
            body.writeByte(0x11); // session expiry
            body.writeInt(600);
        } else {
            body.writeByte(0); // no properties
        }
        writeText(body, connect.clientId());
        if (connect.willTopic() != null) {
            byte[] properties = responseTopic(connect.willResponseTopic());
            writeLength(body, properties.length);
            body.write(properties);
            writeText(body, connect.willTopic());
            writeText(body, "gone");
        }
        if (connect.user() != null) {
            writeText(body, connect.user());
        }
        if (connect.password() != null) {
            writeText(body, connect.password());
        }
        send(0x10, bytes.toByteArray());
        ByteBuffer answer = ByteBuffer.wrap(receive(CONNACK));
        answer.get(); // session present
        return answer(answer);
    }

    /** Publishes with QoS 2. */
    void publish(int packetId, String topic, byte[] payload) throws IOException {
        publish(0x34, packetId, topic, payload, new byte[0]);
    }

    /** Publishes with QoS 2 what was published before, and says so. */
    void publishAgain(int packetId, String topic, byte[] payload) throws IOException {
        publish(0x3c, packetId, topic, payload, new byte[0]);
    }

    /** Publishes with QoS 2 and a response topic. */
    void publish(int packetId, String topic, byte[] payload, String responseTopic)
            throws IOException {
        publish(0x34, packetId, topic, payload, responseTopic(responseTopic));
    }

    private static byte[] responseTopic(@Nullable String responseTopic) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (responseTopic != null) {
            DataOutputStream property = new DataOutputStream(bytes);
            property.writeByte(0x08);
            writeText(property, responseTopic);
        }
        return bytes.toByteArray();
    }

    /**
     * Publishes with QoS 2 and a topic alias; with an empty topic to the one that it stands for.
     */
    void publishAs(int alias, int packetId, String topic, byte[] payload) throws IOException {
        publish(0x34, packetId, topic, payload, new byte[] {0x23, 0, (byte) alias});
    }

    private void publish(int header, int packetId, String topic, byte[] payload, byte[] properties)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        writeText(body, topic);
        body.writeShort(packetId);
        writeLength(body, properties.length);
        body.write(properties);
        body.write(payload);
        send(header, bytes.toByteArray());
    }

    /** The PUBREC for a packet id. */
    Answer pubrec(int packetId) throws IOException {
        ByteBuffer body = ByteBuffer.wrap(receive(PUBREC));
        if (body.getShort() != packetId) {
            throw new IOException("another packet id");
        }
        return answer(body);
    }

    /** PUBREL, and its PUBCOMP. */
    void release(int packetId) throws IOException {
        send(0x62, new byte[] {(byte) (packetId >> 8), (byte) packetId});
        byte[] _ = receive(PUBCOMP);
    }

    /** Whether the broker ends the connection, with or without a DISCONNECT. */
    boolean isEnded() {
        try {
            int next = in.read();
            return next == -1 || next == 0xe0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** A reason code, and the reason string among the properties. */
    private static Answer answer(ByteBuffer body) {
        int code = body.hasRemaining() ? body.get() & 0xff : 0;
        while (body.hasRemaining() && (body.get() & 0x80) != 0) {
            // the length of the properties
        }
        if (!body.hasRemaining() || body.get() != REASON_STRING) {
            return new Answer(code, "");
        }
        byte[] reason = new byte[body.getShort()];
        body.get(reason);
        return new Answer(code, new String(reason, StandardCharsets.UTF_8));
    }

    private void send(int header, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(header);
        writeLength(new DataOutputStream(packet), body.length);
        packet.write(body);
        socket.getOutputStream().write(packet.toByteArray());
        socket.getOutputStream().flush();
    }

    private static void writeLength(DataOutputStream to, int length) throws IOException {
        int left = length;
        do {
            to.writeByte(left < 128 ? left : (left & 0x7f) | 0x80);
            left >>= 7;
        } while (left > 0);
    }

    private static void writeText(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeShort(bytes.length);
        to.write(bytes);
    }

    private byte[] receive(int header) throws IOException {
        int first = in.readUnsignedByte();
        if (first != header) {
            throw new IOException("got packet 0x" + Integer.toHexString(first));
        }
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return in.readNBytes(length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
