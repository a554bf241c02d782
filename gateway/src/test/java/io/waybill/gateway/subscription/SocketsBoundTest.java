package io.waybill.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.gateway.standin.SocketClient;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How many may be connected, and how they are sent home. */
class SocketsBoundTest {

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

    /** A gateway that tests no connection by itself. */
    private static StandInGateway testedByHand() {
        SocketLimits never =
                new SocketLimits(2, 10, 1_000, Duration.ofHours(1), Duration.ofHours(1));
        return StandInGateway.start(StandInGateway.settings(never, Duration.ofSeconds(5)));
    }

    /** A connection that answers nothing. */
    private static Socket connected(StandInGateway gateway) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(10_000);
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
        return socket;
    }

    /**
     * What the server sends.
     *
     * @param code of a close frame; 0 in others
     */
    private record Frame(int opcode, int code) {

        static final int CLOSE = 8;
        static final int PING = 9;

        static Frame read(Socket socket) throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int opcode = in.readUnsignedByte() & 0x0f;
            byte[] payload = new byte[in.readUnsignedByte()];
            in.readFully(payload);
            return new Frame(opcode, opcode == CLOSE ? ByteBuffer.wrap(payload).getChar() : 0);
        }
    }

    /** Reads past the pings to the close frame, and returns its code. */
    private static int untilCloseFrame(Socket socket) throws IOException {
        Frame frame = Frame.read(socket);
        while (frame.opcode() == Frame.PING) {
            frame = Frame.read(socket);
        }
        assertThat(frame.opcode()).isEqualTo(Frame.CLOSE);
        return frame.code();
    }
}
