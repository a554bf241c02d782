package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;

/** A read model without a store: what its projection makes of some commits. */
public final class Folded<V extends Message> {

    private final Projection<V> projection;
    private final Rows<V> rows;

    public Folded(Projection<V> projection) {
        this.projection = projection;
        this.rows = Rows.fromNothing(projection);
    }

    /** Goes on with a commit. */
    public Folded<V> then(Commit commit) {
        try {
            projection.apply(commit, rows);
        } catch (UnknownEventException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** The row of a key, which must be there. */
    public V row(String key) {
        return rows.find(ByteString.copyFromUtf8(key)).orElseThrow();
    }

    public boolean has(String key) {
        return rows.find(ByteString.copyFromUtf8(key)).isPresent();
    }

    /** How often the row of a key stands in an index. */
    public List<ByteString> listed(String index, String key) {
        return projection.indexes().stream()
                .filter(each -> each.name().equals(index))
                .findFirst()
                .orElseThrow()
                .keys(row(key));
    }
}
