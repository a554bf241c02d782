package io.waybill.broker.embedded;

import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.persistence.qos.IncomingMessageFlowPersistence;

import io.waybill.broker.access.ReceivedPacketIds;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;

/**
 * Frees the packet ids of refused QoS 2 messages. HiveMQ remembers such a message as received,
 * though its refusal ended the exchange, and takes the client's next message under that id for a
 * repetition: acknowledged, and lost. The SDK has no way to tell it, so this reaches for the store
 * itself.
 */
final class HiveMqPacketIds implements ReceivedPacketIds {

    private volatile @Nullable IncomingMessageFlowPersistence store;

    /** Finds the store of a broker that has started. */
    void connect(EmbeddedHiveMQ broker) {
        try {
            Method injector = broker.getClass().getDeclaredMethod("getInjector");
            injector.setAccessible(true);
            Method instance =
                    Class.forName("com.google.inject.Injector")
                            .getMethod("getInstance", Class.class);
            store =
                    (IncomingMessageFlowPersistence)
                            instance.invoke(
                                    injector.invoke(broker), IncomingMessageFlowPersistence.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this version of HiveMQ keeps received packet ids elsewhere", e);
        }
    }

    @Override
    public void forget(String clientId, int packetId) {
        IncomingMessageFlowPersistence known = store;
        if (known != null) {
            known.remove(clientId, packetId);
        }
    }
}
