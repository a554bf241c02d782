package io.waybill.reader.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.Value;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.reader.cursor.Cursors;
import io.waybill.wire.failure.WaybillException;

/**
 * A list: an index of a read model, which of its rows, and which way. For one thread while it is
 * put together.
 */
public final class Listing {

    private final ListViewsRequest.Builder list = ListViewsRequest.newBuilder();

    private Listing(String index) {
        list.setIndex(index);
    }

    /** All rows of an index, from the first to the last. */
    public static Listing of(String index) {
        return new Listing(index);
    }

    /** Only the rows whose next part is this. */
    public Listing where(String text) {
        list.addEqual(Value.newBuilder().setText(text));
        return this;
    }

    /** Only the rows whose next part is this. */
    public Listing where(long number) {
        list.addEqual(Value.newBuilder().setNumber(number));
        return this;
    }

    /** Only the rows whose next part begins with this. */
    public Listing beginning(String text) {
        list.setBeginsWith(text);
        return this;
    }

    /** Only the rows whose next part is at least this. */
    public Listing from(long number) {
        list.setFrom(Value.newBuilder().setNumber(number));
        return this;
    }

    /** Only the rows whose next part is at most this. */
    public Listing to(long number) {
        list.setTo(Value.newBuilder().setNumber(number));
        return this;
    }

    /** Only the rows whose next part is no earlier. */
    public Listing from(String field, Timestamp time) {
        list.setFrom(value(field, time));
        return this;
    }

    /** Only the rows whose next part is no later. */
    public Listing to(String field, Timestamp time) {
        list.setTo(value(field, time));
        if (list.hasFrom() && Timestamps.compare(list.getFrom().getTime(), time) > 0) {
            throw WaybillException.badInput(
                    field, field + " must not be before the beginning of the range");
        }
        return this;
    }

    private static Value value(String field, Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw WaybillException.badInput(field, field + " must be a time");
        }
        return Value.newBuilder().setTime(time).build();
    }

    /**
     * The same from the last to the first, when that is asked for.
     *
     * @throws WaybillException BAD_USER_INPUT when it is no direction
     */
    public Listing inDirection(Direction direction) {
        list.setBackwards(isDescending(direction));
        return this;
    }

    /**
     * Whether a direction goes from the last to the first.
     *
     * @throws WaybillException BAD_USER_INPUT when it is no direction
     */
    public static boolean isDescending(Direction direction) {
        return switch (direction) {
            case DIRECTION_UNSPECIFIED, DIRECTION_ASCENDING -> false;
            case DIRECTION_DESCENDING -> true;
            case UNRECOGNIZED ->
                    throw WaybillException.badInput(
                            "direction", "direction must be ascending or descending");
        };
    }

    /** Its cursors are good for it alone. */
    Cursors cursors(String view) {
        return Cursors.of(view, list.build().toByteString());
    }

    /** The query for a part of it. */
    ListViewsRequest.Builder query(String view, Portion portion, ByteString beyond) {
        return list.build().toBuilder()
                .setView(view)
                .setBackwards(list.getBackwards() != portion.fromEnd())
                .setLimit(portion.size())
                .setBeyond(beyond);
    }
}
