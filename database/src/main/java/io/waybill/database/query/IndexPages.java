package io.waybill.database.query;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;

import java.util.List;

/**
 * Pages of one index. A page costs what it gives: it reads its rows and one more, and with a key to
 * go on beyond, the one row nearest to that on the other side.
 */
record IndexPages(ReadStore rows, String table, StoredIndex index) {

    // What a client takes at once by default is 4 MB.
    private static final int MOST_BYTES = 3 << 20;

    /** The page that a range begins with. */
    StoredPage first(KeyRange range, Direction direction, int limit) {
        return page(range, direction, limit, false);
    }

    /** The page that goes on beyond a key. */
    StoredPage beyond(ByteString key, KeyRange range, Direction direction, int limit) {
        Direction back = direction == Direction.FORWARD ? Direction.BACKWARD : Direction.FORWARD;
        boolean behind = isAny(range.before(key, direction), back);
        return page(range.beyond(key, direction), direction, limit, behind);
    }

    private StoredPage page(KeyRange range, Direction direction, int limit, boolean behind) {
        List<Listed> found =
                rows.scan(table, index, range, direction, new ScanLimit(limit + 1, MOST_BYTES));
        if (found.size() > limit) {
            return new StoredPage(found.subList(0, limit), true, behind);
        }
        boolean full = found.stream().mapToInt(row -> row.row().size()).sum() >= MOST_BYTES;
        boolean more = full && isAny(range.beyond(found.getLast().key(), direction), direction);
        return new StoredPage(found, more, behind);
    }

    private boolean isAny(KeyRange range, Direction direction) {
        return !rows.scan(table, index, range, direction, ScanLimit.of(1)).isEmpty();
    }
}
