package io.waybill.wire.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a channel trying: grpc-java lets the wait between two attempts grow to two minutes and
 * offers no setting for it, so while a channel cannot connect, its wait is cut short about once a
 * second, with jitter. Uses the JDK's common timer thread; ends with the channel.
 */
final class QuickReconnect {

    private static final int FEWEST_MILLIS = 400;
    private static final int MOST_MILLIS = 900;

    private final ManagedChannel channel;

    private QuickReconnect(ManagedChannel channel) {
        this.channel = channel;
    }

    static ManagedChannel of(ManagedChannel channel) {
        new QuickReconnect(channel).watch();
        return channel;
    }

    private void watch() {
        ConnectivityState state = channel.getState(false);
        switch (state) {
            case SHUTDOWN -> {}
            case TRANSIENT_FAILURE -> soon().execute(this::tryNow);
            case IDLE, CONNECTING, READY -> channel.notifyWhenStateChanged(state, this::watch);
        }
    }

    private void tryNow() {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
        watch();
    }

    private static Executor soon() {
        return CompletableFuture.delayedExecutor(
                ThreadLocalRandom.current().nextInt(FEWEST_MILLIS, MOST_MILLIS),
                TimeUnit.MILLISECONDS);
    }
}
