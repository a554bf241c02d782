package io.waybill.writer.time;

import com.google.protobuf.Timestamp;

import java.time.Instant;

/** Instants as they are stored. */
public final class ProtoTime {

    private ProtoTime() {}

    /** An instant as a timestamp, to the nanosecond. */
    public static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** The instant that a timestamp is. */
    public static Instant toInstant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
