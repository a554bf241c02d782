package io.waybill.gateway.outbox;

import io.waybill.gateway.reading.ReaderClient;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;
import io.waybill.wire.time.EventLoop;
import io.waybill.wire.time.ThreadEventLoop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** The outbox with its disk, its queue and its thread: the working part of the gateway role. */
public final class OutboxRole implements RunningRole {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRole.class);

    private static final long LEAST_FREE_BYTES = 256L << 20;
    private static final int OPENING_SECONDS = 60;
    private static final int CLOSING_SECONDS = 3;

    private final ThreadEventLoop loop = new ThreadEventLoop("outbox");
    private final String id;
    private final RocksOutboxStore store;
    private final MqttQueue queue;
    private final Outbox outbox;
    private boolean closed;

    /**
     * Wires the outbox; {@link #start()} opens it.
     *
     * @param folder what is the gateway's own: its id and its outbox
     * @param broker where commands are published: {@code mqtt://host:port}
     * @param delay the simulated delay of the writer: what an outcome takes at least
     * @throws RuntimeException when the folder cannot be used; the message names it
     */
    public OutboxRole(
            Path folder, URI broker, Duration delay, Credentials credentials, ReaderClient reader) {
        id = GatewayId.of(folder);
        store = new RocksOutboxStore(folder.resolve("outbox"), LEAST_FREE_BYTES);
        queue = new MqttQueue(broker, credentials, id);
        outbox =
                new Outbox(
                        OutboxSettings.usual(delay),
                        loop,
                        store,
                        queue,
                        reader::store,
                        RandomGenerator.getDefault());
    }

    /** The outbox: takes commands once started. */
    public Outbox outbox() {
        return outbox;
    }

    /** The gateway's id, the same at every start. */
    public String gatewayId() {
        return id;
    }

    /** The loop that the outbox runs on, for short work beside it. */
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Role role() {
        return Role.GATEWAY;
    }

    /** Reads what was accepted before, then begins to connect. */
    @Override
    public void start() {
        await(outbox.start(), OPENING_SECONDS);
        queue.start(outbox);
    }

    @Override
    public Health health() {
        Health now = outbox.health();
        return store.warning().map(now::warning).orElse(now);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            await(outbox.close(), CLOSING_SECONDS);
        } catch (RuntimeException e) {
            LOG.warn("the outbox did not finish its last write in time", e);
        }
        queue.close();
        store.close();
        loop.close();
    }

    private static void await(Future<?> done, int seconds) {
        try {
            done.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the outbox", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the outbox's disk did not answer within %d s".formatted(seconds), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw new CompletionException(cause);
        }
    }
}
