package io.waybill.writer.append;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;

import java.util.List;

/**
 * Proposed commits that travel together. Exactly one of the two ends is called, on the event loop.
 */
public interface AppendGroup {

    /** What is proposed, in order. */
    List<ProposedCommit> commits();

    /** The log has answered: one result for each, in the same order. */
    void appended(List<AppendResult> results);

    /** The store was restored: what was decided on it before does not hold. */
    void decideAgain();
}
