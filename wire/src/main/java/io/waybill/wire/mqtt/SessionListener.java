package io.waybill.wire.mqtt;

/**
 * Hears of a session. Called on the client's own threads, one call at a time: hand work on and
 * return; never publish and wait in here.
 */
public interface SessionListener {

    /**
     * Connected and subscribed. Messages queued in the session may have arrived before.
     *
     * @param sessionPresent whether the broker still had the session; if not, what was queued in it
     *     is lost
     */
    void connected(boolean sessionPresent);

    /** The connection is gone; the session connects again by itself, with backoff. */
    void disconnected(String reason);

    /** A message arrived. What this throws is logged. */
    void received(InboundMessage message);
}
