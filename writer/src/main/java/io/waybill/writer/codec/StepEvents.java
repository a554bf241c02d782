package io.waybill.writer.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.EndedStep;
import io.waybill.proto.order.v1.EventsProto;
import io.waybill.proto.order.v1.StepEnd;
import io.waybill.proto.order.v1.StepsProto;
import io.waybill.writer.order.OrderEvent;
import io.waybill.writer.order.OrderEvent.StepDone;
import io.waybill.writer.order.OrderEvent.StepUndone;
import io.waybill.writer.saga.Step;
import io.waybill.writer.time.ProtoTime;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The events that end a step of the saga: one message for each step, and one for each undo. Which
 * is which the messages say themselves, by their option {@code ends}.
 */
final class StepEvents {

    private record End(Step step, boolean undone) {}

    private static final Map<End, String> TYPES = new HashMap<>();
    private static final Map<String, End> ENDS = new HashMap<>();

    static {
        for (Descriptor event : EventsProto.getDescriptor().getMessageTypes()) {
            if (event.getOptions().hasExtension(StepsProto.ends)) {
                EndedStep ended = event.getOptions().getExtension(StepsProto.ends);
                End end = new End(Step.valueOf(ended.getStep()), ended.getUndone());
                TYPES.put(end, event.getFullName());
                ENDS.put(event.getFullName(), end);
            }
        }
    }

    private StepEvents() {}

    /** The names under which they are stored. */
    static Set<String> types() {
        return ENDS.keySet();
    }

    static RecordedEvent write(StepDone done) {
        return write(new End(done.step(), false), done);
    }

    static RecordedEvent write(StepUndone undone) {
        return write(new End(undone.step(), true), undone);
    }

    /**
     * The event as it was before it was stored; empty when it is another than one that ends a step.
     *
     * @throws IllegalStateException when it cannot be read
     */
    static Optional<OrderEvent> read(RecordedEvent event) {
        return Optional.ofNullable(ENDS.get(event.getType())).map(end -> read(event, end));
    }

    private static OrderEvent read(RecordedEvent event, End end) {
        try {
            StepEnd data = StepEnd.parseFrom(event.getData());
            Instant at = ProtoTime.toInstant(data.getAt());
            return end.undone()
                    ? new StepUndone(data.getId(), end.step(), at)
                    : new StepDone(data.getId(), end.step(), at);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "a stored event of type '" + event.getType() + "' cannot be read", e);
        }
    }

    private static RecordedEvent write(End end, OrderEvent event) {
        String type = TYPES.get(end);
        if (type == null) {
            throw new IllegalStateException(
                    "no event of an order ends the step %s%s"
                            .formatted(end.step(), end.undone() ? " by undoing it" : ""));
        }
        return RecordedEvent.newBuilder()
                .setType(type)
                .setData(
                        StepEnd.newBuilder()
                                .setId(event.id())
                                .setAt(ProtoTime.of(event.at()))
                                .build()
                                .toByteString())
                .build();
    }
}
