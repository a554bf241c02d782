package io.waybill.gateway.follow;

import io.waybill.wire.failure.WaybillException;

/**
 * Hears of one command. Called one call at a time, in order, on threads that may be held for a
 * moment.
 */
public interface Follower {

    /** It stands like this: pending first, when that is known; then the outcome. */
    void status(CommandStatus status);

    /** The outcome was told; nothing more comes. */
    void completed();

    /**
     * It cannot be followed further: the gateway stops, or follows too many already. Nothing more
     * comes.
     */
    void failed(WaybillException failure);
}
