package io.waybill.database.engine.rocks;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One reading of an index.
 *
 * @param table whose index it is
 */
record IndexScan(
        String table, StoredIndex index, KeyRange range, Direction direction, ScanLimit limit) {

    /** Reads; rows that are looked up are of the same moment as the entries. */
    List<Listed> in(OpenStore open) {
        return switch (index.holds()) {
            case ROWS -> read(open.reading(), UnsafeByteOperations::unsafeWrap);
            case KEYS -> {
                try (Reading moment = open.readingOfThisMoment()) {
                    yield read(moment, key -> row(moment, key));
                }
            }
        };
    }

    /**
     * Reads entries.
     *
     * @param meaning the row that an entry's value stands for
     */
    private List<Listed> read(Reading reading, Function<byte[], ByteString> meaning) {
        List<Listed> page = new ArrayList<>(Math.min(limit.rows(), 64));
        int prefix = Keys.indexed(table, index.name(), ByteString.EMPTY).length;
        int[] bytes = new int[1];
        reading.scan(
                Family.INDEXES,
                Keys.indexed(table, index.name(), range.from()),
                range.to().isEmpty()
                        ? Keys.indexEnd(table, index.name())
                        : Keys.indexed(table, index.name(), range.to()),
                direction,
                entries -> {
                    ByteString key = UnsafeByteOperations.unsafeWrap(entries.key());
                    ByteString row = meaning.apply(entries.value());
                    page.add(new Listed(key.substring(prefix), row));
                    bytes[0] += row.size();
                    return page.size() < limit.rows() && bytes[0] < limit.bytes();
                });
        return page;
    }

    private ByteString row(Reading moment, byte[] key) {
        return moment.get(Family.ROWS, Keys.row(table, UnsafeByteOperations.unsafeWrap(key)))
                .map(UnsafeByteOperations::unsafeWrap)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the index %s of %s lists a row that is not there"
                                                .formatted(index.name(), table)));
    }
}
