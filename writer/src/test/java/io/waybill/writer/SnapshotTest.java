package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Snapshot;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Objects;

/** Long streams are folded from a snapshot, which may vanish or be worthless at any time. */
class SnapshotTest {

    private static final String CUSTOMER = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String STREAM = "account/" + CUSTOMER;

    private final PipelineWorld world = PipelineWorld.started(Duration.ZERO);

    @Test
    void a_long_stream_is_folded_from_its_snapshot() {
        deposit(0, 2_500);
        Snapshot kept = Objects.requireNonNull(world.log.snapshots().get(STREAM));
        assertThat(kept.getVersion()).isBetween(2_000L, 2_500L);

        world.restartAfterCrash();
        int before = world.log.commitsRead();
        deposit(2_500, 1);

        assertThat(world.log.commitsRead() - before).isEqualTo(2_500 - (int) kept.getVersion());
        assertThat(world.log.version(STREAM)).isEqualTo(2_501);
    }

    @Test
    void one_that_is_gone_or_cannot_be_read_changes_nothing() {
        deposit(0, 1_200);
        world.log
                .snapshots()
                .computeIfPresent(
                        STREAM,
                        (stream, kept) ->
                                kept.toBuilder()
                                        .setState(ByteString.copyFromUtf8("garbage"))
                                        .build());
        world.restartAfterCrash();
        deposit(1_200, 1);
        world.log.snapshots().clear();
        world.restartAfterCrash();
        deposit(1_201, 1);

        assertThat(world.log.version(STREAM)).isEqualTo(1_202);
        assertThat(world.log.commits())
                .extracting(commit -> commit.getOutcome().getKind())
                .containsOnly(OutcomeKind.OUTCOME_KIND_APPLIED);
    }

    private void deposit(int from, int count) {
        for (int i = from; i < from + count; i++) {
            world.send(
                    Deposit.newBuilder()
                            .setCustomerId(CUSTOMER)
                            .setAmount("1")
                            .setCurrency("EUR")
                            .build(),
                    i);
        }
        world.time.run(Duration.ofMinutes(1));
        assertThat(world.log.commits().stream().map(Commit::getStream)).contains(STREAM);
    }
}
