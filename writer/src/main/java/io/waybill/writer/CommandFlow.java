package io.waybill.writer;

import com.google.protobuf.TextFormat;

import io.waybill.proto.eventstore.v1.AppendResult;
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
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.lane.LaneWork;
import io.waybill.writer.lane.Lanes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Aggregates aggregates;
    private final Loads loads;
    private final Decisions decisions;
    private final Appends appends;
    private final Answers answers;
    private final Lanes lanes;

    private boolean shut;

    CommandFlow(
            EventLoop loop,
            RandomGenerator random,
            Aggregates aggregates,
            Loads loads,
            Decisions decisions,
            Appends appends,
            Answers answers) {
        this.loop = loop;
        this.random = random;
        this.aggregates = aggregates;
        this.loads = loads;
        this.decisions = decisions;
        this.appends = appends;
        this.answers = answers;
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
        if (stream.equals(PendingCommand.ownStream(head.identity()))) {
            decide(stream, group, Folded.none());
            return;
        }
        Folded<?> current = aggregates.current(stream);
        if (current != null) {
            decide(stream, group, current);
            return;
        }
        Folded<?> known;
        try {
            known = aggregates.known(stream);
        } catch (IllegalStateException e) {
            failed(stream, group, e);
            return;
        }
        if (head.creates() && known.version() == 0 && head.conflicts() == 0) {
            decide(stream, group, known);
        } else {
            loads.load(
                    stream,
                    known,
                    head.delivery().noteKey(),
                    loaded -> {
                        aggregates.put(stream, loaded, true);
                        decide(stream, group, loaded);
                    },
                    unfoldable -> failed(stream, group, unfoldable));
        }
    }

    /** The aggregate of a group cannot be had: that counts against the command at its head. */
    private void failed(String stream, List<PendingCommand> group, Throwable failure) {
        PendingCommand head = group.getFirst();
        aggregates.forget(stream);
        if (head.failed("its aggregate cannot be folded: " + Reason.of(failure))) {
            lanes.done(stream, group);
            return;
        }
        LOG.error(
                "the stream {} cannot be read back; the command {} is dead-lettered",
                stream,
                head,
                failure);
        List<PendingCommand> rest = group.subList(1, group.size());
        append(stream, List.of(head), rest, Folded.none());
    }

    private void decide(String stream, List<PendingCommand> group, Folded<?> folded) {
        append(stream, group, List.of(), folded);
    }

    private void append(
            String stream,
            List<PendingCommand> group,
            List<PendingCommand> rest,
            Folded<?> folded) {
        if (shut) {
            return;
        }
        List<Decided> decided = new ArrayList<>(group.size());
        Folded<?> next = folded;
        for (PendingCommand command : group) {
            Decided each = decisions.decide(command, next, loop.now());
            decided.add(decided.isEmpty() ? each : each.after(decided.getLast()));
            next = each.result();
        }
        appends.add(new DecidedGroup(this, stream, group, rest, folded, decided));
    }

    /** The log has answered for a group. */
    void settled(DecidedGroup group, Settlement settlement) {
        aggregates.put(group.stream(), settlement.known(), settlement.current());
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

    /** Answers one command by what the log of a store says of it. */
    void answer(PendingCommand command, AppendResult result, StoreInfo store) {
        switch (result.getResultCase()) {
            case RECORDED -> answers.recorded(command, result.getRecorded().getCommit(), store);
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
