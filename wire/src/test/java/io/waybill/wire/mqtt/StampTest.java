package io.waybill.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.queue.v1.Door;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

class StampTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String BEFORE = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7d";
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.123456Z");

    static Stream<Stamp> stamps() {
        return Stream.of(
                stamp("anonymous", Optional.empty()),
                stamp("Zoë ☃", Optional.empty()),
                stamp("ada", Optional.of(new Stamp.Sending("g1", 0, Optional.empty()))),
                stamp("ada", Optional.of(new Stamp.Sending("g1", Long.MAX_VALUE, before("ada")))),
                stamp("anonymous", Optional.of(new Stamp.Sending("g1", 7, before("anonymous")))),
                // In one gateway's chain the command before may be another user's.
                stamp("ada", Optional.of(new Stamp.Sending("g1", 7, before("bob")))),
                stamp("ada", Optional.of(new Stamp.Sending("g1", 7, before("anonymous")))),
                stamp("anonymous", Optional.of(new Stamp.Sending("g1", 7, before("ada")))));
    }

    @ParameterizedTest
    @MethodSource("stamps")
    void a_stamp_comes_back_as_it_was_put_on(Stamp stamp) {
        Stamp back = Stamp.from(stamp.toBytes()).orElseThrow();

        assertThat(back).usingRecursiveComparison().isEqualTo(stamp);
    }

    @Test
    void one_that_drives_a_dead_letter_again_names_it() {
        Stamp stamp =
                new Stamp(
                        "ada",
                        ID,
                        Door.DOOR_GRAPHQL,
                        AT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(BEFORE));

        assertThat(Stamp.from(stamp.toBytes()).orElseThrow()).isEqualTo(stamp);
    }

    @Test
    void a_stamp_with_all_that_it_can_hold_comes_back() {
        Stamp stamp =
                new Stamp(
                        "ada",
                        ID,
                        Door.DOOR_MQTT,
                        AT,
                        Optional.of(new Stamp.Sending("g", 3, before("bob"))),
                        Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                        Optional.of(new Stamp.Undecodable("it is no ünicode", 1L << 40)),
                        Optional.of(new byte[] {0, 1, (byte) 0xff}));

        Stamp back = Stamp.from(stamp.toBytes()).orElseThrow();

        assertThat(back).usingRecursiveComparison().isEqualTo(stamp);
    }

    @Test
    void an_empty_correlation_of_a_client_is_told_from_none() {
        Stamp stamp =
                new Stamp(
                        "ada",
                        ID,
                        Door.DOOR_MQTT,
                        AT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new byte[0]));

        assertThat(Stamp.from(stamp.toBytes()).orElseThrow().correlation()).isPresent();
    }

    @Test
    void the_identity_is_principal_and_id() {
        assertThat(stamp("ada", Optional.empty()).identity()).isEqualTo(identity("ada", ID));
    }

    @Test
    void what_clients_send_as_correlation_is_not_taken_for_a_stamp() {
        byte[] whole = stamp("ada", Optional.empty()).toBytes();

        assertThat(
                        List.of(
                                new byte[0],
                                new byte[16],
                                ID.getBytes(StandardCharsets.UTF_8),
                                "WB".getBytes(StandardCharsets.UTF_8),
                                new byte[] {'W', 'B', 1},
                                new byte[] {'W', 'B', 1, (byte) 0xff},
                                Arrays.copyOf(whole, whole.length - 1)))
                .allSatisfy(bytes -> assertThat(Stamp.from(bytes)).isEmpty());
    }

    @Test
    void no_bytes_whatever_make_reading_a_stamp_throw() {
        Random random = new Random(1);
        byte[] whole = stamps().skip(5).findFirst().orElseThrow().toBytes();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = whole.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[3 + random.nextInt(bytes.length - 3)] = (byte) random.nextInt();
            }
            Stamp.from(bytes);
        }
    }

    @Test
    void a_stamp_is_small() {
        assertThat(
                        stamp(
                                        "anonymous",
                                        Optional.of(
                                                new Stamp.Sending(
                                                        "8f7e2d1c", 1, before("anonymous"))))
                                .toBytes())
                .hasSizeLessThan(80);
    }

    private static Stamp stamp(String principal, Optional<Stamp.Sending> sending) {
        return new Stamp(
                principal,
                ID,
                Door.DOOR_GRAPHQL,
                AT,
                sending,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<CommandIdentity> before(String principal) {
        return Optional.of(identity(principal, BEFORE));
    }

    private static CommandIdentity identity(String principal, String id) {
        return CommandIdentity.newBuilder().setPrincipal(principal).setCommandId(id).build();
    }
}
