package io.waybill.database;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.engine.Proposals;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Timer;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Makes commits for tests, one after the other, as a log would hold them. */
public final class Commits {

    private final Map<String, Long> versions = new HashMap<>();
    private long position;

    /** When everything of a commit at a position happened: a second later each. */
    public static Timestamp at(long position) {
        return Timestamps.fromSeconds(1_000 + position);
    }

    /** When what happens next will happen. */
    public Timestamp now() {
        return at(position + 1);
    }

    public long position() {
        return position;
    }

    /** Some events of a stream. */
    public Commit of(String stream, Message... events) {
        return next(stream, events).build();
    }

    /** Some events of a stream, with the saga's wake-up after it. */
    public Commit waking(Timer.Builder timer, String stream, Message... events) {
        return next(stream, events).addTimersSet(timer.setName("saga")).build();
    }

    /** Some events of a stream, after which its saga wakes up no more. */
    public Commit sleeping(String stream, Message... events) {
        return next(stream, events).addTimersCleared("saga").build();
    }

    /** The beginning of the next commit. */
    public Commit.Builder next(String stream, Message... events) {
        position++;
        long version = versions.merge(stream, (long) events.length, Long::sum);
        return Commit.newBuilder()
                .setPosition(position)
                .setStream(stream)
                .setVersion(version)
                .setCommand(Proposals.command("command " + position))
                .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED))
                .setDecidedAt(at(position))
                .addAllEvents(Stream.of(events).map(Proposals::recorded).toList());
    }
}
