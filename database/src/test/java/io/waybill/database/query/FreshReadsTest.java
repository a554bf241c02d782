package io.waybill.database.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.database.projection.Progress;
import io.waybill.database.tail.LogTail;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class FreshReadsTest {

    private static final ByteString KEY = ByteString.copyFromUtf8("ada/1");

    /** No rows; every second look at them fails. */
    private static final class Unsteady implements ReadStore {

        private int looks;

        @Override
        public void apply(String table, List<RowChange> changes, long checkpoint) {}

        @Override
        public long checkpoint(String table) {
            return 0;
        }

        @Override
        public Optional<ByteString> get(String table, ByteString key) {
            looks++;
            if (looks % 2 == 0) {
                throw new WaybillException(ErrorCode.UNAVAILABLE, "as the test wants it");
            }
            return Optional.empty();
        }

        @Override
        public List<Listed> scan(
                String table,
                StoredIndex index,
                KeyRange range,
                Direction direction,
                ScanLimit limit) {
            return List.of();
        }
    }

    @Test
    void queries_that_fail_while_the_store_is_away_leave_nobody_waiting() {
        MemoryEngine engine = new MemoryEngine("store", "incarnation");
        LogTail tail = new LogTail(engine.log());
        Progress commands = new Progress();
        FreshReads unsteady = new FreshReads(tail, new Unsteady(), commands, Runnable::run);
        for (int i = 0; i < 20_000; i++) {
            assertThatThrownBy(() -> unsteady.outcome(KEY, Wait.of("wait", 60_000)))
                    .hasMessageContaining("as the test wants it");
        }

        FreshReads steady = new FreshReads(tail, engine.rows(), commands, Runnable::run);
        assertThat(steady.outcome(KEY, Wait.of("wait", 60_000)).isDone()).isFalse();
    }
}
