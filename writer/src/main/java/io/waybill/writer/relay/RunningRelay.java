package io.waybill.writer.relay;

import io.grpc.ManagedChannel;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.time.ThreadEventLoop;
import io.waybill.writer.store.GrpcCommitFeed;

import java.net.URI;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The relay on a thread of its own, beside the lanes, over MQTT and gRPC. Does not own the channel
 * to the database. Safe for use by many threads.
 */
public final class RunningRelay implements AutoCloseable {

    private final ThreadEventLoop loop;
    private final MqttEventQueue queue;
    private final Relay relay;

    private RunningRelay(ThreadEventLoop loop, MqttEventQueue queue, Relay relay) {
        this.loop = loop;
        this.queue = queue;
        this.relay = relay;
    }

    /** Starts the relay of a partition. */
    public static RunningRelay start(
            URI broker, Credentials credentials, ManagedChannel database, int partition) {
        ThreadEventLoop loop = new ThreadEventLoop("waybill-relay");
        MqttEventQueue queue = new MqttEventQueue(broker, credentials);
        Relay relay =
                new Relay(
                        loop,
                        GrpcCommitFeed.ofRelay(database, partition),
                        queue,
                        partition,
                        RandomGenerator.getDefault());
        relay.start();
        return new RunningRelay(loop, queue, relay);
    }

    /** Why nothing is told, when that is so for a while. */
    public Optional<String> trouble() {
        return relay.trouble();
    }

    /** Ends it; what the broker has not taken is told by the next one. */
    @Override
    public void close() {
        relay.shut();
        queue.close();
        loop.close();
    }
}
