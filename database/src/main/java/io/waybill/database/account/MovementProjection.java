package io.waybill.database.account;

import static io.waybill.database.projection.Part.number;
import static io.waybill.database.projection.Part.text;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;

import io.waybill.database.account.Posting.Place;
import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Happening;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.account.v1.MovementView;
import io.waybill.proto.common.v1.Money;

import java.util.List;

/**
 * The statements of accounts: a row for each event, with what it left. A line follows from the one
 * before it, so that the length of a statement costs nothing.
 */
public final class MovementProjection implements AggregateProjection<MovementView> {

    public static final String NAME = "movement";

    private static final List<Index<MovementView>> INDEXES =
            List.of(
                    Index.of(
                            "customer",
                            text(MovementView::getCustomerId),
                            number(MovementView::getVersion)));

    /** The key of a line: {@code <customer>/<version>}. */
    static ByteString key(String customer, long version) {
        return ByteString.copyFromUtf8(customer + "/" + version);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String aggregate() {
        return "account";
    }

    @Override
    public Parser<MovementView> parser() {
        return MovementView.parser();
    }

    @Override
    public List<Index<MovementView>> indexes() {
        return INDEXES;
    }

    @Override
    public void apply(Happening event, Rows<MovementView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        Posting posting = Posting.of(event);
        MovementView before =
                event.isFirst()
                        ? nothing(posting)
                        : rows.find(key(event.id(), event.version() - 1))
                                .orElseThrow(event::outOfPlace);
        MovementView.Builder line =
                MovementView.newBuilder()
                        .setCustomerId(event.id())
                        .setVersion(event.version())
                        .setKind(posting.kind())
                        .setAmount(posting.amount())
                        .setBalance(after(posting, Place.BALANCE, before.getBalance()))
                        .setHeld(after(posting, Place.HELD, before.getHeld()))
                        .setAt(posting.at());
        if (!posting.orderId().isEmpty()) {
            line.setOrderId(posting.orderId());
        }
        if (!posting.paymentId().isEmpty()) {
            line.setPaymentId(posting.paymentId());
        }
        rows.insert(key(event.id(), event.version()), line.build());
    }

    private static MovementView nothing(Posting first) {
        Money nothing = Money.newBuilder().setCurrency(first.amount().getCurrency()).build();
        return MovementView.newBuilder().setBalance(nothing).setHeld(nothing).build();
    }

    private static Money after(Posting posting, Place place, Money before) {
        long minor = before.getMinor();
        if (posting.from() == place) {
            minor = Math.subtractExact(minor, posting.amount().getMinor());
        }
        if (posting.to() == place) {
            minor = Math.addExact(minor, posting.amount().getMinor());
        }
        return before.toBuilder().setMinor(minor).build();
    }
}
