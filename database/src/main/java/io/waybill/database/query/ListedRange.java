package io.waybill.database.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.engine.KeyRange;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.KeyParts;
import io.waybill.database.projection.Part;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.Value;
import io.waybill.wire.failure.WaybillException;

/** The part of an index that a query asks for. */
final class ListedRange {

    private final Index<?> index;

    private ListedRange(Index<?> index) {
        this.index = index;
    }

    /**
     * The keys that a query means.
     *
     * @throws WaybillException BAD_USER_INPUT, naming the field, when its values do not fit the
     *     index
     */
    static KeyRange of(Index<?> index, ListViewsRequest request) {
        return new ListedRange(index).of(request);
    }

    private KeyRange of(ListViewsRequest request) {
        ByteString prefix = ByteString.EMPTY;
        int part = 0;
        for (Value value : request.getEqualList()) {
            prefix = prefix.concat(key(part, "equal[%d]".formatted(part), value));
            part++;
        }
        if (!request.getBeginsWith().isEmpty()) {
            if (request.hasFrom() || request.hasTo()) {
                throw WaybillException.badInput(
                        "begins_with", "begins_with stands for from and to");
            }
            return KeyRange.withPrefix(prefix.concat(beginning(part, request.getBeginsWith())));
        }
        return bounded(request, prefix, part);
    }

    private KeyRange bounded(ListViewsRequest request, ByteString prefix, int part) {
        KeyRange all = KeyRange.withPrefix(prefix);
        ByteString from =
                request.hasFrom()
                        ? prefix.concat(key(part, "from", request.getFrom()))
                        : all.from();
        ByteString to =
                request.hasTo()
                        ? KeyRange.withPrefix(prefix.concat(key(part, "to", request.getTo()))).to()
                        : all.to();
        if (!to.isEmpty() && ByteString.unsignedLexicographicalComparator().compare(from, to) > 0) {
            throw WaybillException.badInput("to", "to must not be before from");
        }
        return new KeyRange(from, to);
    }

    private ByteString beginning(int part, String text) {
        return switch (kind(part, "begins_with")) {
            case TEXT -> KeyParts.beginning(text);
            case FOLDED_TEXT -> KeyParts.beginning(KeyParts.folded(text));
            case NUMBER, TIME -> throw unfit("begins_with", "no text");
        };
    }

    private ByteString key(int part, String field, Value value) {
        return switch (kind(part, field)) {
            case TEXT -> KeyParts.text(text(field, value));
            case FOLDED_TEXT -> KeyParts.text(KeyParts.folded(text(field, value)));
            case NUMBER -> {
                if (!value.hasNumber()) {
                    throw unfit(field, "a number");
                }
                yield KeyParts.number(value.getNumber());
            }
            case TIME -> {
                if (!value.hasTime() || !Timestamps.isValid(value.getTime())) {
                    throw unfit(field, "a time");
                }
                yield KeyParts.time(value.getTime());
            }
        };
    }

    private String text(String field, Value value) {
        if (!value.hasText()) {
            throw unfit(field, "a text");
        }
        return value.getText();
    }

    private Part.Kind kind(int part, String field) {
        if (part >= index.parts().size()) {
            throw unfit(field, "nothing more");
        }
        return index.parts().get(part).kind();
    }

    private WaybillException unfit(String field, String what) {
        return WaybillException.badInput(
                field, "%s: the index %s has %s there".formatted(field, index.name(), what));
    }
}
