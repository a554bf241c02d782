package io.waybill.gateway.graphql.field;

import com.google.protobuf.Descriptors.Descriptor;

import io.waybill.proto.order.v1.EndedStep;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.StepsProto;

import java.util.HashMap;
import java.util.Map;

/**
 * What an order's saga waits for, in words: as the events say it that end a step, and here for the
 * two steps that are ended by more than that.
 */
final class SagaWords {

    private static final Map<String, String> DOING =
            new HashMap<>(
                    Map.of(
                            "REVIEW", "the restaurant's review",
                            "APPROVE_ORDER", "the order to be approved"));

    private static final Map<String, String> UNDOING = new HashMap<>();

    static {
        for (Descriptor event : OrderApproved.getDescriptor().getFile().getMessageTypes()) {
            EndedStep ended = event.getOptions().getExtension(StepsProto.ends);
            if (!ended.getWaitsFor().isEmpty()) {
                (ended.getUndone() ? UNDOING : DOING).put(ended.getStep(), ended.getWaitsFor());
            }
        }
    }

    private SagaWords() {}

    /** What a step waits for; its name when nothing is said of it. */
    static String waitsFor(String step, boolean undoing) {
        return (undoing ? UNDOING : DOING).getOrDefault(step, step);
    }
}
