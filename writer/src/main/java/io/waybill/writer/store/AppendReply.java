package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.AppendResult;

import java.util.List;

/** What the log says to proposed commits. */
public sealed interface AppendReply {

    /**
     * Each was looked at, and all that was written is on disk.
     *
     * @param results one for each commit, in the same order
     */
    record Answered(List<AppendResult> results) implements AppendReply {}

    /** Nothing was written: the store is not in the incarnation that they were decided on. */
    record OtherIncarnation() implements AppendReply {}
}
