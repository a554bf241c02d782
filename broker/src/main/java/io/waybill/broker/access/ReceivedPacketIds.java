package io.waybill.broker.access;

/** The packet ids of QoS 2 messages that the broker has received and whose exchange goes on. */
public interface ReceivedPacketIds {

    /** Ends an exchange that a refusal has ended for the client. Does not block. */
    void forget(String clientId, int packetId);
}
