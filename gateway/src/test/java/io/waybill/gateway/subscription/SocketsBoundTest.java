package io.waybill.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.gateway.standin.SocketClient;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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
        SocketLimits curious =
                new SocketLimits(2, 10, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(1));
        try (StandInGateway gateway =
                        StandInGateway.start(
                                StandInGateway.settings(curious, Duration.ofSeconds(5)));
                SocketClient client = SocketClient.greeted(gateway)) {
            await().during(Duration.ofSeconds(3)).until(client::isOpen);
        }
    }

    @Test
    void a_client_that_answers_no_ping_is_closed() throws IOException {
        SocketLimits impatient =
                new SocketLimits(2, 10, 1_000, Duration.ofSeconds(30), Duration.ofMillis(200));
        try (StandInGateway gateway =
                        StandInGateway.start(
                                StandInGateway.settings(impatient, Duration.ofSeconds(5)));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
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

            assertThat(untilCloseFrame(socket.getInputStream())).isEqualTo(1001);
        }
    }

    /** Reads past the handshake and the pings to the close frame, and returns its code. */
    private static int untilCloseFrame(InputStream in) throws IOException {
        DataInputStream frames = new DataInputStream(in);
        StringBuilder handshake = new StringBuilder();
        while (!handshake.toString().endsWith("\r\n\r\n")) {
            handshake.append((char) frames.readByte());
        }
        assertThat(handshake).startsWith("HTTP/1.1 101");
        while (true) {
            int opcode = frames.readUnsignedByte() & 0x0f;
            byte[] payload = new byte[frames.readUnsignedByte()];
            frames.readFully(payload);
            if (opcode == 8) {
                return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
            }
            assertThat(opcode).isEqualTo(9);
        }
    }
}
