package io.waybill.database.engine.rocks;

import static io.waybill.database.engine.Proposals.adds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;

import io.waybill.database.DatabaseRole;
import io.waybill.database.TestDatabase;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.RowChange;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A disk that fills up, and one that fails. */
class RocksFailureTest {

    private static final PageLimit PLENTY = new PageLimit(1_000, 1 << 20);

    @TempDir Path folder;
    private final FailingDisk disk = new FailingDisk();
    private RocksEngine engine;

    /** A disk that fails when it is told to, before or after it has written. */
    private static final class FailingDisk implements Disk {
        private volatile long free = Long.MAX_VALUE;
        private volatile boolean failsBefore;
        private volatile boolean failsAfter;
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public long freeBytes() {
            return free;
        }

        @Override
        public void write(RocksDB database, WriteOptions options, WriteBatch batch)
                throws RocksDBException {
            if (failsBefore) {
                throw new RocksDBException("as the test wants it");
            }
            writes.incrementAndGet();
            database.write(options, batch);
            if (failsAfter) {
                throw new RocksDBException("as the test wants it");
            }
        }
    }

    @BeforeEach
    void open() {
        engine = RocksEngine.open(folder, disk);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private List<AppendResult> append(ProposedCommit.Builder... proposed) {
        return engine.log()
                .append(Stream.of(proposed).map(ProposedCommit.Builder::build).toList())
                .results();
    }

    private ErrorCode failure(ProposedCommit.Builder... proposed) {
        return catchThrowableOfType(WaybillException.class, () -> append(proposed)).code();
    }

    @Test
    void a_disk_that_is_nearly_full_refuses_commits_reads_on_and_goes_on_when_there_is_room() {
        append(adds("a", "ada"));
        disk.free = RocksEngine.LOW_WATER_BYTES - 1;

        WaybillException refusal =
                catchThrowableOfType(WaybillException.class, () -> append(adds("b", "bob")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
        assertThat(refusal.sentence()).contains(folder.toString());
        assertThat(refusal.retryAfter()).isPresent();
        assertThat(engine.log().read(0, PLENTY)).hasSize(1);
        assertThat(append(adds("a", "ada")).getFirst().getRecorded().getDuplicate()).isTrue();
        engine.rows().apply("t", List.of(), 1);
        assertThat(engine.rows().checkpoint("t")).isEqualTo(1);

        disk.free = RocksEngine.LOW_WATER_BYTES;
        assertThat(append(adds("b", "bob")).getFirst().getRecorded().getCommit().getPosition())
                .isEqualTo(2);
    }

    @Test
    void health_warns_of_a_disk_that_fills_up_with_the_figures_before_and_at_refusal(
            @TempDir Path secrets) {
        try (TestDatabase database = TestDatabase.on(engine, secrets)) {
            DatabaseRole role = database.role();
            assertThat(role.health().warnings()).isEmpty();

            disk.free = 700L << 20;
            assertThat(role.health().warnings().getFirst())
                    .contains(folder + " is nearly full: 700 MB are left, below 256 MB");
            assertThat(append(adds("a", "ada")).getFirst().hasRecorded()).isTrue();

            disk.free = 100L << 20;
            assertThat(role.health().warnings().getFirst())
                    .contains(folder + " is full: 100 MB are left")
                    .contains("256 MB");
            assertThat(role.health().up()).isTrue();
            assertThat(failure(adds("b", "bob"))).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void a_write_that_failed_is_not_there_and_the_next_one_is() {
        append(adds("a", "ada"));
        disk.failsBefore = true;
        assertThat(failure(adds("b", "bob"))).isEqualTo(ErrorCode.UNAVAILABLE);
        disk.failsBefore = false;

        assertThat(engine.log().end()).isEqualTo(1);
        assertThat(append(adds("c", "cleo")).getFirst().getRecorded().getCommit().getPosition())
                .isEqualTo(2);
        assertThat(engine.log().read(0, PLENTY))
                .extracting(Commit::getPosition)
                .containsExactly(1L, 2L);
    }

    @Test
    void a_write_that_failed_and_happened_all_the_same_is_read_again_before_the_next() {
        append(adds("a", "ada"));
        disk.failsAfter = true;
        assertThat(failure(adds("b", "bob"))).isEqualTo(ErrorCode.UNAVAILABLE);
        disk.failsAfter = false;

        assertThat(engine.log().end()).isEqualTo(2);
        assertThat(append(adds("b", "bob")).getFirst().getRecorded().getDuplicate()).isTrue();
        assertThat(append(adds("c", "cleo")).getFirst().getRecorded().getCommit().getPosition())
                .isEqualTo(3);
    }

    @Test
    void changes_of_rows_that_failed_leave_rows_and_checkpoint_as_they_were() {
        ByteString key = ByteString.copyFromUtf8("k");
        engine.rows().apply("t", List.of(new RowChange.Put(key, key, List.of(), List.of())), 1);
        disk.failsBefore = true;
        assertThatThrownBy(
                        () ->
                                engine.rows()
                                        .apply(
                                                "t",
                                                List.of(new RowChange.Delete(key, List.of())),
                                                2))
                .isInstanceOf(WaybillException.class);
        disk.failsBefore = false;
        assertThat(engine.rows().checkpoint("t")).isEqualTo(1);
        assertThat(engine.rows().get("t", key)).contains(key);
    }

    @Test
    void refusals_cost_no_write() {
        append(adds("a", "ada"));
        int before = disk.writes.get();
        append(adds("b", "ada"));
        assertThat(disk.writes).hasValue(before);
    }

    @Test
    void a_store_that_cannot_be_opened_again_is_unavailable() {
        engine.close();
        assertThat(failure(adds("a", "ada"))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(catchThrowableOfType(WaybillException.class, () -> engine.log().end()).code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        engine.close();
    }

    @Test
    void a_folder_that_is_in_use_is_named() {
        assertThatThrownBy(() -> RocksEngine.open(folder))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("in use");
    }

    @Test
    void a_folder_that_is_damaged_is_named() throws Exception {
        engine.close();
        Files.writeString(folder.resolve("CURRENT"), "nonsense");
        assertThatThrownBy(() -> RocksEngine.open(folder)).hasMessageContaining(folder.toString());
        // So that there is something to close.
        engine = RocksEngine.open(folder.resolve("another"), disk);
    }

    @Test
    void a_store_with_another_number_of_partitions_is_refused() throws Exception {
        StoreInfo info = engine.info();
        engine.close();
        OpenStore open = OpenStore.open(folder, disk);
        try (WriteBatch batch = new WriteBatch()) {
            open.put(
                    batch,
                    Family.META,
                    Keys.STORE,
                    info.toBuilder().setPartitions(4).build().toByteArray());
            open.writeDurably(batch);
        }
        open.close();
        assertThatThrownBy(() -> RocksEngine.open(folder))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("4 partitions");
        // It was closed again: another may open it.
        assertThatThrownBy(() -> RocksEngine.open(folder)).hasMessageContaining("4 partitions");
    }
}
