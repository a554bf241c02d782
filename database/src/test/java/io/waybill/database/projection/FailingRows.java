package io.waybill.database.projection;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Read models whose first few changes fail. */
final class FailingRows implements ReadStore {

    private final ReadStore rows;
    private final AtomicInteger failuresLeft;

    FailingRows(ReadStore rows, int failures) {
        this.rows = rows;
        this.failuresLeft = new AtomicInteger(failures);
    }

    int failuresLeft() {
        return failuresLeft.get();
    }

    @Override
    public void apply(String table, List<RowChange> changes, long checkpoint) {
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
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
}
