package io.waybill.database.order;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StoredIndex;
import io.waybill.database.projection.KeyParts;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.order.v1.SagaView;
import io.waybill.proto.order.v1.StepView;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.Optional;

/**
 * The sagas that are stuck: a step after the pivot, or an undo, has passed its deadline, and is
 * tried until it is done. They are the first of the list of running ones, of which no more than
 * what is late is read, and at most {@value #MOST}. Safe for use by many threads.
 */
public final class StuckSagas {

    private static final int MOST = 1_000;

    private final ReadStore rows;
    private final String table;
    private final StoredIndex running;

    /** Those whose rows are in a store. */
    public StuckSagas(ReadStore rows) {
        OrderProjection orders = new OrderProjection();
        this.rows = rows;
        this.table = orders.table();
        this.running =
                orders.indexes().stream()
                        .filter(index -> index.name().equals(OrderIndexes.RUNNING))
                        .findFirst()
                        .orElseThrow()
                        .stored();
    }

    /** How many there are, and of the one with the earliest deadline why; empty when none is. */
    public Optional<String> warning(Timestamp now) {
        KeyRange late = new KeyRange(ByteString.EMPTY, KeyParts.time(now));
        List<Listed> found = rows.scan(table, running, late, Direction.FORWARD, ScanLimit.of(MOST));
        List<OrderView> stuck =
                found.stream().map(StuckSagas::order).filter(StuckSagas::goesOnForEver).toList();
        return stuck.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s%s stuck; the longest is that of order %s: %s"
                                .formatted(
                                        found.size() < MOST ? "" : "at least ",
                                        stuck.size() == 1
                                                ? "1 saga is"
                                                : stuck.size() + " sagas are",
                                        stuck.getFirst().getId(),
                                        why(stuck.getFirst().getSaga())));
    }

    private static boolean goesOnForEver(OrderView order) {
        return switch (order.getSaga().getPhase()) {
            case SAGA_PHASE_COMMITTED, SAGA_PHASE_UNDOING -> true;
            case SAGA_PHASE_RUNNING,
                    SAGA_PHASE_REVIEW_OPEN,
                    SAGA_PHASE_ENDED,
                    SAGA_PHASE_UNSPECIFIED,
                    UNRECOGNIZED ->
                    false;
        };
    }

    private static String why(SagaView saga) {
        boolean undoing = saga.getPhase() == SagaPhase.SAGA_PHASE_UNDOING;
        String why =
                "%s was to be %s by %s and was asked %d times"
                        .formatted(
                                saga.getWaitsFor(),
                                undoing ? "undone" : "done",
                                Timestamps.toString(saga.getDeadline()),
                                saga.getTries());
        return saga.getStepsList().stream()
                .filter(step -> step.getStep().equals(saga.getWaitsFor()) && step.hasCode())
                .findFirst()
                .map(step -> why + ", the last time failing with " + failure(step))
                .orElse(why);
    }

    private static String failure(StepView step) {
        return step.getMessage().isEmpty()
                ? step.getCode()
                : "%s: %s".formatted(step.getCode(), step.getMessage());
    }

    private static OrderView order(Listed listed) {
        try {
            return OrderView.parseFrom(listed.row());
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(ErrorCode.INTERNAL, "a row of orders cannot be read")
                    .causedBy(e);
        }
    }
}
