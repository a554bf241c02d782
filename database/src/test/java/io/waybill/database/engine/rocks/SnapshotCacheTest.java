package io.waybill.database.engine.rocks;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.PageLimit;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Snapshot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** Snapshots that are lost or damaged in the files of a store. */
class SnapshotCacheTest {

    private static final PageLimit PLENTY = new PageLimit(1_000, 1 << 20);

    @TempDir Path folder;

    private List<Commit> saveOne() {
        try (RocksEngine engine = RocksEngine.open(folder)) {
            assertThat(engine.log().append(List.of(adds("a", "ada").build())).written()).hasSize(1);
            engine.log()
                    .saveSnapshot(
                            Snapshot.newBuilder()
                                    .setStream(stream("ada"))
                                    .setVersion(1)
                                    .setSchema("contact.1")
                                    .setState(ByteString.copyFromUtf8("x"))
                                    .build());
            assertThat(engine.log().snapshot(stream("ada"))).isPresent();
            return engine.log().readStream(stream("ada"), 0, PLENTY);
        }
    }

    private void change(BiConsumer<OpenStore, WriteBatch> changes) throws RocksDBException {
        try (OpenStore open = OpenStore.open(folder, Disk.of(folder));
                WriteBatch batch = new WriteBatch()) {
            changes.accept(open, batch);
            open.writeDurably(batch);
        }
    }

    private void assertNoneAndAllElseThere(List<Commit> commits) {
        try (RocksEngine engine = RocksEngine.open(folder)) {
            assertThat(engine.log().snapshot(stream("ada"))).isEmpty();
            assertThat(engine.log().readStream(stream("ada"), 0, PLENTY)).isEqualTo(commits);
        }
    }

    @Test
    void without_its_snapshots_a_store_holds_all_that_it_did() throws RocksDBException {
        List<Commit> commits = saveOne();
        byte[] key = Keys.stream(stream("ada"));
        change((open, batch) -> open.delete(batch, Family.SNAPSHOTS, key));
        assertNoneAndAllElseThere(commits);
    }

    @Test
    void a_snapshot_that_cannot_be_read_is_none() throws RocksDBException {
        List<Commit> commits = saveOne();
        byte[] key = Keys.stream(stream("ada"));
        byte[] nonsense = "nonsense".getBytes(StandardCharsets.US_ASCII);
        change((open, batch) -> open.put(batch, Family.SNAPSHOTS, key, nonsense));
        assertNoneAndAllElseThere(commits);
    }
}
