package io.waybill.gateway;

import org.springframework.context.SmartLifecycle;

/**
 * Says good-bye to subscribers while the server can still send it: the last phase is stopped first.
 */
final class ClosedBeforeServer implements SmartLifecycle {

    private final Runnable farewell;
    private volatile boolean running;

    ClosedBeforeServer(Runnable farewell) {
        this.farewell = farewell;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        farewell.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
