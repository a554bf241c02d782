package io.waybill.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.gateway.standin.SocketClient;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.contact.v1.ContactView;

import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many may be connected, and how they are sent home. */
class SocketsBoundTest {

    private static final Pattern TOLD =
            Pattern.compile("\"id\":\"(?<id>[-0-9a-f]{36})\",\"version\":(?<version>\\d+)");

    private static final SocketLimits TWO =
            new SocketLimits(2, 10, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));

    @Test
    void more_connections_than_allowed_are_told_to_try_later_and_a_stop_is_announced() {
        StandInGateway gateway =
                StandInGateway.start(StandInGateway.settings(TWO, Duration.ofSeconds(5)));
        try (SocketClient one = SocketClient.greeted(gateway);
                SocketClient two = SocketClient.greeted(gateway);
                SocketClient three = SocketClient.open(gateway)) {
            assertThat(three.closed().code()).isEqualTo(1013);

            gateway.close();

            assertThat(one.closed().code()).isEqualTo(1001);
            assertThat(two.closed().code()).isEqualTo(1001);
        } finally {
            gateway.close();
        }
    }

    @Test
    void a_client_that_answers_pings_is_kept() {
        try (StandInGateway gateway = testedByHand();
                SocketClient client = SocketClient.greeted(gateway)) {
            GraphQlSockets sockets = gateway.part(GraphQlSockets.class);
            for (int i = 0; i < 5; i++) {
                sockets.test();
                await().until(sockets::allAnswered);
            }
            assertThat(client.isOpen()).isTrue();
            assertThat(sockets.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_client_may_miss_one_ping_and_not_two() throws IOException {
        try (StandInGateway gateway = testedByHand();
                Socket socket = connected(gateway)) {
            GraphQlSockets sockets = gateway.part(GraphQlSockets.class);
            await().until(() -> sockets.connections() == 1);

            sockets.test();
            sockets.test();
            assertThat(Frame.read(socket).opcode()).isEqualTo(Frame.PING);
            assertThat(Frame.read(socket).opcode()).isEqualTo(Frame.PING);
            assertThat(sockets.connections()).isEqualTo(1);

            sockets.test();
            assertThat(Frame.read(socket).code()).isEqualTo(1001);
        }
    }

    @Test
    void a_client_that_answers_no_ping_is_closed() throws IOException {
        SocketLimits impatient =
                new SocketLimits(2, 10, 1_000, Duration.ofSeconds(30), Duration.ofMillis(200));
        try (StandInGateway gateway =
                        StandInGateway.start(
                                StandInGateway.settings(impatient, Duration.ofSeconds(5)));
                Socket socket = connected(gateway)) {
            assertThat(untilCloseFrame(socket)).isEqualTo(1001);
        }
    }

    @Test
    void a_slow_client_is_kept_and_told_the_latest_of_all_that_changed() throws IOException {
        int many = 30;
        List<ContactView> contacts = new ArrayList<>();
        String name = "x".repeat(20_000);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            names.append(" n%d: name".formatted(i));
        }
        try (StandInGateway gateway = testedByHand();
                Socket socket = new Socket()) {
            gateway.contacts().forgetCalls();
            socket.setReceiveBufferSize(4 * 1024);
            shakeHands(socket, gateway);
            write(socket, "{\"type\": \"connection_init\"}");
            write(
                    socket,
                    "{\"id\": \"1\", \"type\": \"subscribe\", \"payload\": {\"query\": \"subscription { contactChanges { contact { id version%s } } }\"}}"
                            .formatted(names));
            write(socket, "{\"type\": \"ping\"}");
            assertThat(message(socket)).contains("connection_ack");
            assertThat(message(socket)).contains("pong"); // so what it asked before is under way

            for (int i = 0; i < 2 * many; i++) {
                String id = "0190a6e2-7b7c-7d3a-8f5e-%012d".formatted(i % many);
                if (i < many) {
                    contacts.add(gateway.contacts().put(id, name));
                } else {
                    var contact = contacts.get(i - many);
                    gateway.contacts().replace(contact.toBuilder().setVersion(2).build());
                }
                gateway.changes().happened("CONTACT", 0, 1 + i, id);
            }

            Set<String> latest = new HashSet<>();
            while (latest.size() < many) {
                Matcher told = TOLD.matcher(message(socket));
                assertThat(told.find()).isTrue();
                if (told.group("version").equals("2")) {
                    latest.add(told.group("id"));
                }
            }
        }
    }

    /** A gateway that tests no connection by itself. */
    private static StandInGateway testedByHand() {
        SocketLimits never =
                new SocketLimits(2, 10, 1_000, Duration.ofHours(1), Duration.ofHours(1));
        return StandInGateway.start(StandInGateway.settings(never, Duration.ofSeconds(5)));
    }

    /** A connection that answers nothing. */
    private static Socket connected(StandInGateway gateway) throws IOException {
        Socket socket = new Socket();
        shakeHands(socket, gateway);
        return socket;
    }

    private static void shakeHands(Socket socket, StandInGateway gateway) throws IOException {
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        socket.getOutputStream()
                .write(
                        """
                        GET /graphql HTTP/1.1\r
                        Host: localhost\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Protocol: graphql-transport-ws\r
                        \r
                        """
                                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder handshake = new StringBuilder();
        while (!handshake.toString().endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("a byte after %s", handshake).isNotNegative();
            handshake.append((char) next);
        }
        assertThat(handshake).startsWith("HTTP/1.1 101");
    }

    /** Sends a message, in one frame whose mask changes nothing. */
    private static void write(Socket socket, String message) throws IOException {
        byte[] text = message.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(8 + text.length);
        frame.put((byte) (Frame.LAST | Frame.TEXT));
        frame.put((byte) (Frame.MASKED | Frame.LENGTH_IN_TWO_BYTES));
        frame.putShort((short) text.length);
        frame.putInt(0);
        socket.getOutputStream().write(frame.put(text).array());
    }

    /** The next message that the server sends, put together of its frames. */
    private static String message(Socket socket) throws IOException {
        StringBuilder message = new StringBuilder();
        Frame frame = Frame.read(socket);
        while (!frame.last()) {
            message.append(frame.text());
            frame = Frame.read(socket);
        }
        assertThat(frame.opcode()).as("a frame of text, not %s", frame).isLessThan(Frame.CLOSE);
        return message.append(frame.text()).toString();
    }

    /** What the server sends. */
    private record Frame(boolean last, int opcode, String text) {

        static final int LAST = 0x80;
        static final int MASKED = 0x80;
        static final int TEXT = 1;
        static final int CLOSE = 8;
        static final int PING = 9;
        static final int LENGTH_IN_TWO_BYTES = 126;

        static Frame read(Socket socket) throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            byte[] payload =
                    new byte[length == LENGTH_IN_TWO_BYTES ? in.readUnsignedShort() : length];
            in.readFully(payload);
            return new Frame(
                    first >= LAST, first & 0x0f, new String(payload, StandardCharsets.ISO_8859_1));
        }

        /** Why the server closes. */
        int code() {
            assertThat(opcode).isEqualTo(CLOSE);
            return text.charAt(0) << 8 | text.charAt(1);
        }
    }

    /** Reads past the pings to the close frame, and returns its code. */
    private static int untilCloseFrame(Socket socket) throws IOException {
        Frame frame = Frame.read(socket);
        while (frame.opcode() == Frame.PING) {
            frame = Frame.read(socket);
        }
        return frame.code();
    }
}
