package io.waybill.reader.query;

import io.grpc.Context;
import io.grpc.Deadline;
import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.query.v1.Freshness;
import io.waybill.proto.reader.v1.ReadAfter;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Caller;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * On what terms a query is asked: how fresh its answer must be, and by when it is owed. Immutable.
 *
 * <p>An answer is owed within five seconds; one that waits for a command, within the writer's delay
 * and five seconds. The database waits a little less than that for what is to be read, and so says
 * itself that it did not come; the call to it is given up a little before the answer is owed.
 */
public final class ReadTerms {

    private static final String COMMAND_ID = "read_after.command_id";
    private static final Duration OWED_WITHIN = Duration.ofSeconds(5);
    private static final Duration TO_GIVE_UP = Duration.ofMillis(250);
    private static final Duration TO_SAY_SO = Duration.ofMillis(500);

    private final @Nullable Freshness freshness;
    private final Duration within;

    private ReadTerms(@Nullable Freshness freshness, Duration within) {
        this.freshness = freshness;
        this.within = within;
    }

    /** The read model as it stands, within the usual time. */
    public static ReadTerms asItStands() {
        return within(OWED_WITHIN.minus(TO_GIVE_UP));
    }

    /** The read model as it stands, within a time. */
    public static ReadTerms within(Duration within) {
        return new ReadTerms(null, within);
    }

    /** All that is in the log now, within the usual time. */
    public static ReadTerms logEnd() {
        return waiting(Freshness.newBuilder().setLogEnd(true), OWED_WITHIN);
    }

    private static ReadTerms waiting(Freshness.Builder freshness, Duration owedWithin) {
        Duration within = owedWithin.minus(TO_GIVE_UP);
        Duration wait = shorter(lessTimeToSaySo(within), lessTimeToSaySo(untilCallersDeadline()));
        return new ReadTerms(freshness.setMaxWaitMillis((int) wait.toMillis()).build(), within);
    }

    private static Duration lessTimeToSaySo(Duration time) {
        return time.minus(shorter(TO_SAY_SO, time.dividedBy(4)));
    }

    private static Duration untilCallersDeadline() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? Duration.ofDays(1)
                : Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The same, for a query that waits for something more by itself. */
    public ReadTerms longerBy(Duration more) {
        return new ReadTerms(freshness, within.plus(more));
    }

    /** How fresh the answer must be; empty: as it stands. */
    public Optional<Freshness> freshness() {
        return Optional.ofNullable(freshness);
    }

    /** After how long the call to the database is given up. */
    Duration within() {
        return within;
    }

    /** What a query fails with when the database says that it waited in vain. */
    WaybillException late() {
        if (freshness == null) {
            return new WaybillException(ErrorCode.TIMEOUT, "the query took longer than it may");
        }
        String waited = "within " + freshness.getMaxWaitMillis() + " ms";
        return freshness.hasAfterCommand()
                ? new WaybillException(
                        ErrorCode.AFTER_COMMAND_TIMEOUT,
                        "the outcome of command %s did not come %s"
                                .formatted(freshness.getAfterCommand().getCommandId(), waited))
                : new WaybillException(
                        ErrorCode.TIMEOUT, "what is read did not catch up with the log " + waited);
    }

    /**
     * Turns what clients ask into terms.
     *
     * @param delay how long the writer holds a command back
     */
    public record Rules(Duration delay) {

        /**
         * The terms of the call that is being served on this thread. A command is always one of its
         * caller's.
         *
         * @throws WaybillException when they make no sense, or name what cannot be a command's id
         */
        public ReadTerms of(ReadAfter readAfter) {
            String commandId = readAfter.getCommandId();
            if (commandId.isEmpty()) {
                return readAfter.getLogEnd() ? logEnd() : asItStands();
            }
            if (readAfter.getLogEnd()) {
                throw WaybillException.badInput(
                        "read_after", "read_after takes command_id or log_end, but has both");
            }
            String id =
                    Ids.uuid(commandId)
                            .orElseThrow(
                                    () ->
                                            WaybillException.badInput(
                                                    COMMAND_ID,
                                                    COMMAND_ID
                                                            + " must be the UUID of a command, but"
                                                            + " is "
                                                            + Shown.id(commandId)));
            return waiting(
                    Freshness.newBuilder()
                            .setAfterCommand(
                                    CommandIdentity.newBuilder()
                                            .setPrincipal(Caller.current().principal().name())
                                            .setCommandId(id)),
                    delay.plus(OWED_WITHIN));
        }
    }
}
