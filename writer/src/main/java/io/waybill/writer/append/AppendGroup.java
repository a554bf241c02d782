package io.waybill.writer.append;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;

import java.util.List;

/**
 * Proposed commits that travel together. Exactly one of the two ends is called, on the event loop.
 */
public interface AppendGroup {

    /** What is proposed, in order. */
    List<ProposedCommit> commits();

    /**
     * The log has answered: one result for each, in the same order.
     *
     * @param store what they were decided on, and stand in
     */
    void appended(List<AppendResult> results, StoreInfo store);

    /** The store was restored: what was decided on it before does not hold. */
    void decideAgain();
}
