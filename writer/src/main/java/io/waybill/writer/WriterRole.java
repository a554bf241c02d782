package io.waybill.writer;

import io.grpc.ManagedChannel;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;
import io.waybill.wire.time.ThreadEventLoop;
import io.waybill.writer.intake.MqttCommandQueue;
import io.waybill.writer.poison.NotedCommands;
import io.waybill.writer.relay.RunningRelay;
import io.waybill.writer.store.GrpcCommitFeed;
import io.waybill.writer.store.GrpcCommitLog;
import io.waybill.writer.store.StoreFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * The writer as a role: the pipeline and the relay, on a thread each, over MQTT and gRPC. Does not
 * own the channel to the database. Waits for broker and database as long as it takes.
 */
public final class WriterRole implements RunningRole {

    private static final Logger LOG = LoggerFactory.getLogger(WriterRole.class);
    private static final int PARTITION = 0;

    private record Running(
            ThreadEventLoop loop,
            MqttCommandQueue queue,
            NotedCommands notes,
            WriterPipeline pipeline,
            RunningRelay relay) {}

    private final WriterSettings settings;
    private final Credentials credentials;
    private final ManagedChannel database;

    private volatile @Nullable Running running;
    private boolean closed;

    /** Sets up a writer; {@link #start()} starts it. */
    public WriterRole(WriterSettings settings, Credentials credentials, ManagedChannel database) {
        this.settings = settings;
        this.credentials = credentials;
        this.database = database;
    }

    @Override
    public Role role() {
        return Role.WRITER;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            throw new IllegalStateException("the writer was started before");
        }
        StoreFile memory = StoreFile.open(settings.folder().resolve("store"));
        NotedCommands notes = NotedCommands.open(settings.folder().resolve("noted-commands"));
        ThreadEventLoop loop = new ThreadEventLoop("waybill-writer");
        MqttCommandQueue queue = new MqttCommandQueue(settings.broker(), credentials);
        WriterPipeline pipeline =
                new WriterPipeline(
                        loop,
                        queue,
                        new GrpcCommitLog(database, PARTITION),
                        GrpcCommitFeed.ofSagas(database, PARTITION),
                        notes,
                        memory,
                        PipelineSettings.withDelay(settings.delay(), settings.saga()),
                        RandomGenerator.getDefault());
        pipeline.start();
        RunningRelay relay =
                RunningRelay.start(settings.broker(), credentials, database, PARTITION);
        running = new Running(loop, queue, notes, pipeline, relay);
    }

    @Override
    public Health health() {
        Running now = running;
        if (now == null) {
            return new Health(false, "not started");
        }
        return WriterHealth.of(now.pipeline().status(), now.queue().state(), now.relay().trouble());
    }

    @Override
    public synchronized void close() {
        Running now = running;
        if (now == null || closed) {
            return;
        }
        closed = true;
        now.relay().close();
        boolean clean = closed(now.pipeline());
        now.queue().close();
        now.loop().close();
        if (clean) {
            now.notes().close();
        }
    }

    /** Whether the pipeline came to its end; a command that it hangs in stays noted. */
    private static boolean closed(WriterPipeline pipeline) {
        try {
            pipeline.close().get(5, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "the writer did not come to its end in time; what is not acknowledged comes again: {}",
                    Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
