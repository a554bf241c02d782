package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;

/** Tells clients how long their sessions are kept, where that is not as they asked. */
public interface ToldExpiry {

    /**
     * Has a client of MQTT 5 told in its CONNACK that its session is kept for so long after the
     * connection is gone. To be called before its CONNECT is answered. Does not block.
     */
    void tell(ConnectionInformation connection, long seconds);
}
