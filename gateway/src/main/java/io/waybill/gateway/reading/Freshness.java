package io.waybill.gateway.reading;

import io.waybill.proto.reader.v1.ReadAfter;

import java.time.Duration;

/** How fresh an answer must be. */
public sealed interface Freshness {

    /** As it stands when the reader looks. */
    record AsItStands() implements Freshness {}

    /** The outcome of this command of the caller is in it; else {@code AFTER_COMMAND_TIMEOUT}. */
    record AfterCommand(String commandId) implements Freshness {}

    /** All that was in the log when the reader was asked is in it. */
    record LogEnd() implements Freshness {}

    /** As the reader's contract says it. */
    default ReadAfter toReadAfter() {
        return switch (this) {
            case AsItStands asItStands -> ReadAfter.getDefaultInstance();
            case AfterCommand after ->
                    ReadAfter.newBuilder().setCommandId(after.commandId()).build();
            case LogEnd logEnd -> ReadAfter.newBuilder().setLogEnd(true).build();
        };
    }

    /** How long the reader itself may wait for it, at most. */
    default Duration wait(Duration delay) {
        return this instanceof AfterCommand ? delay.plusSeconds(5) : Duration.ZERO;
    }
}
