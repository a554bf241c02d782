package io.waybill.database.projection;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.Optional;

/** Read models that can lose all they hold, as a store that is opened again may lose a part. */
final class ForgetfulRows implements ReadStore {

    private volatile ReadStore rows = empty();
    private volatile boolean fails;
    private volatile boolean broken;

    /** The next change fails, and all before it is gone. */
    void failAndForget() {
        fails = true;
    }

    /** All is gone, and nobody was told. */
    void forget() {
        rows = empty();
    }

    /** Every change from now on ends in an error that nobody expects. */
    void breakDown() {
        broken = true;
    }

    @Override
    public void apply(String table, List<RowChange> changes, long checkpoint) {
        if (broken) {
            throw new LinkageError("as the test wants it");
        }
        if (fails) {
            fails = false;
            forget();
            throw new WaybillException(ErrorCode.UNAVAILABLE, "as the test wants it");
        }
        rows.apply(table, changes, checkpoint);
    }

    @Override
    public long checkpoint(String table) {
        return rows.checkpoint(table);
    }

    @Override
    public Optional<ByteString> get(String table, ByteString key) {
        return rows.get(table, key);
    }

    @Override
    public List<Listed> scan(
            String table, StoredIndex index, KeyRange range, Direction direction, ScanLimit limit) {
        return rows.scan(table, index, range, direction, limit);
    }

    private static ReadStore empty() {
        return new MemoryEngine("forgetful", "incarnation").rows();
    }
}
