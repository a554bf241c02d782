package io.waybill.database.order;

import com.google.protobuf.Descriptors.Descriptor;

import io.waybill.proto.order.v1.EndedStep;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.OrderReviewApproved;
import io.waybill.proto.order.v1.StepsProto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step of an order's saga. The steps are read from the declarations of the events that say that
 * one is done: they come in the same order.
 *
 * @param place from 0
 * @param canBeUndone whether it leaves something to be taken back
 */
record Step(String name, int place, boolean canBeUndone) {

    private static final List<Step> ALL = new ArrayList<>();
    private static final Map<String, Step> BY_NAME = new HashMap<>();
    private static final Map<String, Step> DONE_WITH = new HashMap<>();
    private static final Map<String, Step> UNDONE_WITH = new HashMap<>();

    /** The pivot, whose events say more than that it is done. */
    static final Step REVIEW;

    /** The last, which is done with the order's approval. */
    static final Step APPROVE_ORDER;

    static {
        List<Descriptor> events = OrderApproved.getDescriptor().getFile().getMessageTypes();
        Set<String> undoable = new HashSet<>();
        for (Descriptor event : events) {
            if (ended(event).getUndone()) {
                undoable.add(ended(event).getStep());
            }
        }
        for (Descriptor event : events) {
            String name = doneWith(event);
            if (!name.isEmpty()) {
                Step step = new Step(name, ALL.size(), undoable.contains(name));
                ALL.add(step);
                BY_NAME.put(name, step);
                DONE_WITH.put(event.getFullName(), step);
            }
        }
        for (Descriptor event : events) {
            if (ended(event).getUndone()) {
                UNDONE_WITH.put(event.getFullName(), known(ended(event).getStep()));
            }
        }
        REVIEW = known("REVIEW");
        APPROVE_ORDER = known("APPROVE_ORDER");
    }

    private static EndedStep ended(Descriptor event) {
        return event.getOptions().getExtension(StepsProto.ends);
    }

    /** The name of the step that is done with an event; empty when none is. */
    private static String doneWith(Descriptor event) {
        if (event.equals(OrderReviewApproved.getDescriptor())) {
            return "REVIEW";
        }
        if (event.equals(OrderApproved.getDescriptor())) {
            return "APPROVE_ORDER";
        }
        return ended(event).getUndone() ? "" : ended(event).getStep();
    }

    private static Step known(String name) {
        return named(name)
                .orElseThrow(() -> new IllegalStateException("no event ends the step " + name));
    }

    /** All, in their order. */
    static List<Step> all() {
        return List.copyOf(ALL);
    }

    /** The step that is done with events of a type. */
    static Optional<Step> doneWith(String type) {
        return Optional.ofNullable(DONE_WITH.get(type));
    }

    /** The step that is taken back with events of a type. */
    static Optional<Step> undoneWith(String type) {
        return Optional.ofNullable(UNDONE_WITH.get(type));
    }

    static Optional<Step> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The step after this; empty after the last. */
    Optional<Step> next() {
        return place + 1 < ALL.size() ? Optional.of(ALL.get(place + 1)) : Optional.empty();
    }

    /** The last step before this that can be taken back. */
    Optional<Step> undoableBefore() {
        return ALL.subList(0, place).reversed().stream().filter(Step::canBeUndone).findFirst();
    }
}
