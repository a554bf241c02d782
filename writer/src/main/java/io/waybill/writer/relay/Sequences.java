package io.waybill.writer.relay;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.relay.v1.RelayState;

import java.util.Map;
import java.util.TreeMap;

/** The last sequence by aggregate, from 1. For one thread. */
final class Sequences {

    private final Map<String, Long> last = new TreeMap<>();

    /**
     * The sequences that a checkpoint kept.
     *
     * @throws IllegalStateException when they cannot be read
     */
    static Sequences from(ByteString state) {
        try {
            Sequences sequences = new Sequences();
            sequences.last.putAll(RelayState.parseFrom(state).getSequencesMap());
            return sequences;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("what the relay's checkpoint keeps cannot be read", e);
        }
    }

    long next(String aggregate) {
        return last.merge(aggregate, 1L, Long::sum);
    }

    void reached(String aggregate, long sequence) {
        last.put(aggregate, sequence);
    }

    Map<String, Long> byAggregate() {
        return Map.copyOf(last);
    }

    ByteString toState() {
        return RelayState.newBuilder().putAllSequences(last).build().toByteString();
    }
}
