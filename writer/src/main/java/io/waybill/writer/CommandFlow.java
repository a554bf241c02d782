package io.waybill.writer;

import com.google.protobuf.TextFormat;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.time.Backoff;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.answer.Answers;
import io.waybill.writer.append.Appends;
import io.waybill.writer.decide.Aggregates;
import io.waybill.writer.decide.Decided;
import io.waybill.writer.decide.Decisions;
import io.waybill.writer.decide.Folded;
import io.waybill.writer.decide.Loads;
import io.waybill.writer.decide.SnapshotKeeper;
import io.waybill.writer.decide.Undone;
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.lane.LaneWork;
import io.waybill.writer.lane.Lanes;
import io.waybill.writer.store.StoreWatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What happens to a lane's group: its aggregate is folded, its commands are decided one after the
 * other on what the ones before them make of it, and their commits are appended together. What was
 * not written, and what was decided on something that was not written, is decided again. Used on
 * the pipeline's event loop.
 */
final class CommandFlow implements LaneWork {

    private static final Logger LOG = LoggerFactory.getLogger(CommandFlow.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(2), Duration.ofSeconds(1));

    private final EventLoop loop;
    private final RandomGenerator random;
    private final StoreWatch store;
    private final Aggregates aggregates;
    private final Loads loads;
    private final Decisions decisions;
    private final Appends appends;
    private final Answers answers;
    private final Undone undone;
    private final SnapshotKeeper snapshots;
    private final Consumer<Decided> written;
    private final Consumer<PendingCommand> askedAgain;
    private final Lanes lanes;

    private boolean shut;

    /**
     * @param written takes each decision once it is in the log
     * @param askedAgain hears of what a saga asks when it was recorded before
     */
    CommandFlow(
            EventLoop loop,
            RandomGenerator random,
            StoreWatch store,
            Aggregates aggregates,
            Loads loads,
            Decisions decisions,
            Undone undone,
            SnapshotKeeper snapshots,
            Appends appends,
            Answers answers,
            Consumer<Decided> written,
            Consumer<PendingCommand> askedAgain) {
        this.loop = loop;
        this.random = random;
        this.store = store;
        this.aggregates = aggregates;
        this.loads = loads;
        this.decisions = decisions;
        this.appends = appends;
        this.answers = answers;
        this.undone = undone;
        this.snapshots = snapshots;
        this.written = written;
        this.askedAgain = askedAgain;
        this.lanes = new Lanes(loop, this);
    }

    Lanes lanes() {
        return lanes;
    }

    /** Lets no command be appended that is not on its way to the log yet. */
    void shut() {
        shut = true;
        lanes.shut();
        appends.dropWaiting();
    }

    /** Forgets what was folded: it came from another incarnation of the store. */
    void restored() {
        aggregates.clear();
    }

    @Override
    public void begin(String stream, List<PendingCommand> group) {
        PendingCommand head = group.getFirst();
        Group begun = Group.of(stream, group);
        if (stream.equals(PendingCommand.ownStream(head.identity()))) {
            decide(begun, Folded.none(), Optional.empty());
        } else if (head.undoes().isPresent()) {
            undone.find(head.undoes().get(), commit -> fold(begun, commit));
        } else {
            fold(begun, Optional.empty());
        }
    }

    private void fold(Group group, Optional<Commit> recorded) {
        PendingCommand head = group.commands().getFirst();
        String stream = group.stream();
        Folded<?> current = aggregates.current(stream);
        if (current != null) {
            decide(group, current, recorded);
            return;
        }
        Folded<?> known;
        try {
            known = aggregates.known(stream);
        } catch (IllegalStateException e) {
            failed(group, e);
            return;
        }
        // What is decided without a look at the stream may stand there with another content:
        // nothing rests on it before it is recorded.
        if (head.creates() && known.version() == 0 && head.conflicts() == 0) {
            decide(group.alone(), known, recorded);
        } else {
            loads.load(
                    stream,
                    known,
                    head.delivery().noteKey(),
                    loaded -> {
                        aggregates.put(stream, loaded, true);
                        snapshots.passed(stream, known.version(), loaded);
                        decide(group, loaded, recorded);
                    },
                    unfoldable -> failed(group, unfoldable));
        }
    }

    /** The aggregate of a group cannot be had: that counts against the command at its head. */
    private void failed(Group group, Throwable failure) {
        PendingCommand head = group.commands().getFirst();
        aggregates.forget(group.stream());
        if (head.failed("its aggregate cannot be folded: " + Reason.of(failure))) {
            lanes.done(group.stream(), group.all());
            return;
        }
        LOG.error(
                "the stream {} cannot be read back; the command {} is dead-lettered",
                group.stream(),
                head,
                failure);
        decide(group.alone(), Folded.none(), Optional.empty());
    }

    /**
     * Decides as many of a group as can be appended together. What needs no commit is out of the
     * way at once, but not while it rests on what is not written yet.
     */
    private void decide(Group group, Folded<?> folded, Optional<Commit> recorded) {
        if (shut) {
            return;
        }
        List<PendingCommand> commands = new ArrayList<>(group.commands().size());
        List<Decided> decided = new ArrayList<>(group.commands().size());
        Folded<?> next = folded;
        int taken = 0;
        for (PendingCommand command : group.commands()) {
            Optional<Decided> each =
                    command.delivery().isOutdated(store.incarnation())
                            ? Optional.empty()
                            : decisions.decide(command, next, recorded, loop.now());
            if (!decided.isEmpty()) {
                each = each.flatMap(one -> one.after(decided.getLast()));
            }
            if (each.isPresent()) {
                decided.add(each.get());
                commands.add(command);
                next = each.get().result();
            } else if (decided.isEmpty()) {
                answers.none(command);
            } else {
                break;
            }
            taken++;
        }
        List<PendingCommand> rest = group.after(taken);
        if (decided.isEmpty()) {
            loop.execute(() -> lanes.done(group.stream(), rest));
        } else {
            appends.add(new DecidedGroup(this, group.stream(), commands, rest, folded, decided));
        }
    }

    /** The log has answered for a group. */
    void settled(DecidedGroup group, Settlement settlement) {
        aggregates.put(group.stream(), settlement.known(), settlement.current());
        snapshots.passed(group.stream(), group.base().version(), settlement.known());
        List<PendingCommand> again = new ArrayList<>(settlement.again());
        again.addAll(group.rest());
        int conflicts = settlement.headConflicted() ? again.getFirst().conflicted() : 0;
        if (conflicts > 1) {
            loop.schedule(
                    BACKOFF.after(conflicts - 1, random), () -> lanes.done(group.stream(), again));
        } else {
            lanes.done(group.stream(), again);
        }
    }

    /**
     * Answers one command by what the log says of it, and has what it asks for sent, when it was
     * written now.
     */
    void answer(PendingCommand command, Decided decided, AppendResult result, StoreInfo store) {
        switch (result.getResultCase()) {
            case RECORDED -> {
                Commit commit = result.getRecorded().getCommit();
                if (decided.isRecordedAs(commit)) {
                    written.accept(decided);
                } else if (command.delivery().isOfSaga()) {
                    askedAgain.accept(command);
                }
                answers.recorded(command, commit, store);
            }
            case PREDECESSOR_MISSING -> answers.outOfOrder(command, store);
            case INVALID, VERSION_CONFLICT, RESULT_NOT_SET -> {
                LOG.error(
                        "the command {} cannot be recorded at all, and is given up unanswered: {}",
                        command,
                        TextFormat.printer().emittingSingleLine(true).printToString(result));
                answers.none(command);
            }
        }
    }

    /** A group is to be decided on another incarnation of the store. */
    void decideAgain(DecidedGroup group) {
        List<PendingCommand> again = new ArrayList<>(group.commands());
        again.addAll(group.rest());
        lanes.done(group.stream(), again);
    }
}
