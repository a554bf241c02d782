package io.waybill.gateway.event;

import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.time.ThreadEventLoop;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Executor;

/** The source of changes with its MQTT session and its thread. Safe for use by many threads. */
public final class Events implements AutoCloseable {

    private final ThreadEventLoop loop = new ThreadEventLoop("events");
    private final Changes changes;
    private final EventSession session;

    /** Wires it; {@link #start()} begins to connect. */
    public Events(
            URI broker,
            Credentials credentials,
            String gatewayId,
            ViewReads views,
            Executor threads) {
        changes = new Changes(loop, views, threads);
        session =
                new EventSession(
                        broker,
                        credentials,
                        gatewayId,
                        List.copyOf(Changes.KINDS.keySet()),
                        changes);
    }

    /** Begins to connect, in the background. */
    public void start() {
        session.start();
    }

    /** What changes. */
    public ViewChanges changes() {
        return changes;
    }

    @Override
    public void close() {
        session.close();
        changes.close();
        loop.close();
    }
}
