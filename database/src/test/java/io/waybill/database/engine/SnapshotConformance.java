package io.waybill.database.engine;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.renames;
import static io.waybill.database.engine.Proposals.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What every engine's log must do with snapshots. */
interface SnapshotConformance extends LogUnderTest {

    private static Snapshot snapshot(String contact, long version, String state) {
        return Snapshot.newBuilder()
                .setStream(stream(contact))
                .setVersion(version)
                .setSchema("contact.1")
                .setState(ByteString.copyFromUtf8(state))
                .build();
    }

    @Test
    default void a_snapshot_is_kept_in_place_of_the_one_before_and_changes_nothing_else() {
        append(adds("a", "ada"), renames("b", "ada", 1, "x"), adds("c", "bob"));
        List<Commit> commits = log().readStream(stream("ada"), 0, EventLogConformance.PLENTY);
        assertThat(log().snapshot(stream("ada"))).isEmpty();

        log().saveSnapshot(snapshot("ada", 1, "first"));
        assertThat(log().snapshot(stream("ada"))).contains(snapshot("ada", 1, "first"));
        log().saveSnapshot(snapshot("ada", 2, "second"));
        assertThat(log().snapshot(stream("ada"))).contains(snapshot("ada", 2, "second"));

        assertThat(log().snapshot(stream("bob"))).isEmpty();
        assertThat(log().readStream(stream("ada"), 0, EventLogConformance.PLENTY))
                .isEqualTo(commits);
        assertThat(log().end()).isEqualTo(3);
    }

    @Test
    default void a_snapshot_is_there_after_closing_and_opening_again() {
        append(adds("a", "ada"));
        log().saveSnapshot(snapshot("ada", 1, "first"));
        reopen();
        assertThat(log().snapshot(stream("ada"))).contains(snapshot("ada", 1, "first"));
    }

    @Test
    default void what_is_no_snapshot_of_what_the_stream_was_is_refused_by_name() {
        append(adds("a", "ada"));
        Snapshot fine = snapshot("ada", 1, "x");
        assertRefused("snapshot.stream", fine.toBuilder().setStream("ada").build());
        assertRefused("snapshot.schema", fine.toBuilder().setSchema("").build());
        assertRefused("snapshot.version", fine.toBuilder().setVersion(0).build());
        assertRefused("snapshot.version", fine.toBuilder().setVersion(2).build());
        assertRefused("snapshot.version", fine.toBuilder().setStream(stream("bob")).build());
        assertRefused(
                "snapshot.state",
                fine.toBuilder().setState(ByteString.copyFrom(new byte[(1 << 20) + 1])).build());
        assertThat(log().snapshot(stream("ada"))).isEmpty();
    }

    private void assertRefused(String field, Snapshot snapshot) {
        WaybillException refusal =
                catchThrowableOfType(WaybillException.class, () -> log().saveSnapshot(snapshot));
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
        assertThat(refusal.field()).contains(field);
        assertThat(refusal.sentence()).startsWith(field);
    }
}
