package io.waybill.gateway.outbox;

import io.waybill.proto.eventstore.v1.StoreInfo;

import java.util.concurrent.CompletableFuture;

/** Asks which store there is. */
@FunctionalInterface
public interface StoreInquiry {

    /** Asks once. The future may complete on any thread. */
    CompletableFuture<StoreInfo> ask();
}
