package io.waybill.writer;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.answer.Answers;
import io.waybill.writer.append.Appends;
import io.waybill.writer.codec.Codecs;
import io.waybill.writer.decide.Aggregates;
import io.waybill.writer.decide.Decided;
import io.waybill.writer.decide.Decisions;
import io.waybill.writer.decide.Loads;
import io.waybill.writer.decide.SnapshotKeeper;
import io.waybill.writer.decide.Undone;
import io.waybill.writer.intake.CommandQueue;
import io.waybill.writer.intake.Delay;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.intake.DeliveryReader;
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.intake.SessionLoss;
import io.waybill.writer.own.OwnCommands;
import io.waybill.writer.poison.CommandNotes;
import io.waybill.writer.reply.Replies;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreListener;
import io.waybill.writer.store.StoreMemory;
import io.waybill.writer.store.StoreWatch;
import io.waybill.writer.time.ProtoTime;
import io.waybill.writer.timer.Timers;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The whole way of a command, from its delivery to its acknowledgement, against four ports: the
 * queue, the log, the notes that outlive a crash, and the memory of which store it writes to.
 *
 * <p>All state lives on the event loop, whose clock is the only one; there is no other thread. The
 * ports may answer on any thread. It holds as many commands as the queue delivers without
 * acknowledgement, and no more: when a connection is lost, what it brought and still waits is
 * dropped once the session is found again, since the queue delivers it again.
 */
public final class WriterPipeline implements CommandQueue.Listener, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(WriterPipeline.class);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final EventLoop loop;
    private final CommandQueue queue;
    private final Delay delay;
    private final DeliveryReader reader;
    private final StoreWatch store;
    private final Appends appends;
    private final Answers answers;
    private final CommandFlow flow;
    private final Undone undone;
    private final OwnCommands own;
    private final Timers timers;
    private final Replies replies;
    private final SessionLoss sessionLoss;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private volatile int connection;
    private volatile boolean queueConnected;
    private volatile @Nullable String stopped;
    private volatile int held;
    private volatile int appending;
    private boolean closing;

    /**
     * Wires the pipeline; {@link #start()} lets it begin.
     *
     * @param notes used on the loop; not closed by the pipeline
     * @param memory used on the loop
     * @param random jitter and new ids come from here
     */
    public WriterPipeline(
            EventLoop loop,
            CommandQueue queue,
            CommitLog log,
            CommitFeed feed,
            CommandNotes notes,
            StoreMemory memory,
            PipelineSettings settings,
            RandomGenerator random) {
        this.loop = loop;
        this.queue = queue;
        this.delay = new Delay(settings.delay());
        this.reader = new DeliveryReader(CommandCatalogue.standard(), notes, random);
        this.store = new StoreWatch(loop, log, memory, random, this);
        this.appends = new Appends(loop, log, store);
        this.answers = new Answers(loop, queue, this::acknowledge);
        this.undone = new Undone(loop, log, store);
        this.flow =
                new CommandFlow(
                        loop,
                        random,
                        store,
                        new Aggregates(Codecs.all(settings.saga()), settings.cacheSize()),
                        new Loads(loop, log, store, notes),
                        new Decisions(settings.deadline(), notes),
                        undone,
                        new SnapshotKeeper(log),
                        appends,
                        answers,
                        this::written,
                        this::askedAgain);
        this.own = new OwnCommands(CommandCatalogue.standard(), loop, store, this::take);
        this.timers = new Timers(loop, log, store, own::fire);
        this.replies = new Replies(loop, feed, store, own);
        this.sessionLoss = new SessionLoss(loop, queue, random);
    }

    /** Begins to look for the store and to take commands. Call once, from any thread. */
    public void start() {
        loop.execute(store::start);
        queue.start(this);
    }

    /**
     * Takes nothing more, finishes what is being appended and answers it, within two seconds, and
     * leaves the rest unacknowledged. The queue is still open then. May be called more than once,
     * from any thread.
     *
     * @return completes on the loop, when that is done
     */
    public CompletableFuture<Void> close() {
        loop.execute(
                () -> {
                    if (!closing) {
                        closing = true;
                        timers.shut();
                        replies.shut();
                        flow.shut();
                        finish(loop.nanoTime() + FINISH_WITHIN.toNanos());
                    }
                });
        return closed;
    }

    /** How it is. Safe for use by many threads. */
    public PipelineStatus status() {
        return new PipelineStatus(
                queueConnected,
                store.reachable(),
                Optional.ofNullable(stopped),
                appends.trouble(),
                held,
                appending);
    }

    @Override
    public void delivered(InboundMessage message) {
        Delivery delivery = Delivery.of(message, loop.now(), loop.nanoTime(), delay, connection);
        loop.execute(() -> take(delivery));
    }

    @Override
    public void connected(boolean sessionPresent) {
        queueConnected = true;
        int current = connection;
        loop.execute(
                () -> {
                    if (sessionPresent) {
                        dropBefore(current);
                    }
                    sessionLoss.connected(sessionPresent);
                });
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the queue makes one call at a time
    public void disconnected(String reason) {
        queueConnected = false;
        connection++;
    }

    @Override
    public void opened() {
        if (!closing) {
            flow.lanes().open();
            timers.open();
            replies.open();
        }
    }

    @Override
    public void restored() {
        flow.restored();
        if (!closing) {
            timers.open();
            replies.open();
        }
    }

    @Override
    public void refused(String sentence) {
        stopped = sentence;
        timers.shut();
        replies.shut();
        flow.shut();
    }

    private void take(Delivery delivery) {
        if (closing) {
            return;
        }
        held(1);
        flow.lanes().add(reader.read(delivery));
    }

    /** What was decided is in the log: its timers are minded, and what it asks for is sent. */
    private void written(Decided decided) {
        for (Timer timer : decided.commit().getTimersSetList()) {
            timers.set(ProtoTime.toInstant(timer.getDue()));
        }
        decided.requests().forEach(own::request);
    }

    /**
     * A saga asks for what is recorded before. The feed tells it, unless what it was told is a dead
     * letter: then it is told once more.
     */
    private void askedAgain(PendingCommand command) {
        undone.find(
                OwnCommands.replyTo(command.identity()),
                reply -> {
                    if (reply.filter(WriterPipeline::isDead).isPresent()) {
                        undone.find(
                                command.identity(),
                                asked ->
                                        asked.ifPresent(
                                                commit ->
                                                        own.replyAgain(
                                                                commit,
                                                                command.delivery().acceptedAt())));
                    }
                });
    }

    private static boolean isDead(Commit commit) {
        return commit.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_DEAD_LETTERED;
    }

    private void acknowledge(PendingCommand command) {
        held(-1);
        command.delivery().message().acknowledgement().run();
    }

    /** What an earlier connection brought is delivered again; only what has begun goes on. */
    private void dropBefore(int current) {
        held(-flow.lanes().drop(command -> command.delivery().broughtBefore(current)));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written on the loop alone
    private void held(int more) {
        held += more;
        appending = appends.commitsInFlight();
    }

    private void finish(long until) {
        boolean done = appends.idle() && answers.idle();
        if (done || loop.nanoTime() - until >= 0) {
            if (!done) {
                LOG.info(
                        "the writer stops with commits on their way to the log;"
                                + " what became of them shows when their commands come again");
            }
            store.stop();
            closed.complete(null);
        } else {
            loop.schedule(LOOK_AGAIN, () -> finish(until));
        }
    }
}
