package io.waybill.gateway;

import io.waybill.gateway.subscription.GraphQlSockets;

import org.springframework.context.SmartLifecycle;

/**
 * Says good-bye to WebSocket clients while the server can still send it: the last phase is stopped
 * first.
 */
final class ClosedBeforeServer implements SmartLifecycle {

    private final GraphQlSockets sockets;
    private volatile boolean running;

    ClosedBeforeServer(GraphQlSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        sockets.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
