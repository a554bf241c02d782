package io.waybill.database.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.catalogue.Ids;
import io.waybill.database.command.CommandProjection;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.projection.Progress;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.query.v1.Freshness;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Waits until a projection is as fresh as a query asks. Safe for use by many threads; what follows
 * a wait runs on the executor, what needs none on the thread that asks.
 */
final class FreshReads {

    private final LogTail tail;
    private final ReadStore rows;
    private final Progress commands;
    private final Executor executor;

    /**
     * @param commands how far the commands projection is
     */
    FreshReads(LogTail tail, ReadStore rows, Progress commands, Executor executor) {
        this.tail = tail;
        this.rows = rows;
        this.commands = commands;
        this.executor = executor;
    }

    /** The wait that a query asks for. */
    static Wait wait(Freshness asked) {
        return Wait.of("freshness.max_wait_millis", asked.getMaxWaitMillis());
    }

    /**
     * Completes when the rows of a projection are as fresh as asked; fails with
     * AFTER_COMMAND_TIMEOUT or TIMEOUT when they were not in time.
     */
    CompletableFuture<Void> when(Freshness asked, Wait wait, Progress read) {
        return switch (asked.getAtLeastCase()) {
            case ATLEAST_NOT_SET -> CompletableFuture.completedFuture(null);
            case LOG_END -> reached(asked.getLogEnd() ? tail.end() : 0, wait, read);
            case POSITION -> reached(position(asked), wait, read);
            case AFTER_COMMAND -> afterCommand(asked.getAfterCommand(), wait, read);
        };
    }

    /** The row of a command; waits for it, and is empty when it has not come in time. */
    CompletableFuture<Optional<CommandView>> outcome(ByteString key, Wait wait) {
        Optional<CommandView> there = find(key);
        if (there.isPresent() || wait.isZero()) {
            return CompletableFuture.completedFuture(there);
        }
        CompletableFuture<Void> written = commands.written(key);
        Optional<CommandView> meanwhile;
        try {
            meanwhile = find(key);
        } catch (RuntimeException e) {
            written.cancel(false);
            throw e;
        }
        if (meanwhile.isPresent()) {
            written.cancel(false);
            return CompletableFuture.completedFuture(meanwhile);
        }
        return then(
                wait.bound(written).exceptionally(failure -> timedOut(failure)),
                done -> CompletableFuture.completedFuture(find(key)));
    }

    /** The key of a command that a query names. */
    static ByteString key(String field, CommandIdentity command) {
        if (command.getPrincipal().isEmpty()) {
            throw WaybillException.badInput(field + ".principal", field + ".principal is missing");
        }
        String id = command.getCommandId();
        if (Ids.uuid(id).filter(id::equals).isEmpty()) {
            throw WaybillException.badInput(
                    field + ".command_id",
                    field + ".command_id must be a UUID of 36 lower-case characters");
        }
        return CommandProjection.key(command);
    }

    /** What follows a future: at once when it is done, else on the executor. */
    <A, B> CompletableFuture<B> then(
            CompletableFuture<A> future, Function<A, CompletableFuture<B>> next) {
        return future.isDone() ? future.thenCompose(next) : future.thenComposeAsync(next, executor);
    }

    private CompletableFuture<Void> afterCommand(
            CommandIdentity command, Wait wait, Progress read) {
        ByteString key = key("freshness.after_command", command);
        CompletableFuture<Void> fresh =
                then(
                        outcome(key, wait),
                        outcome ->
                                outcome.isPresent()
                                        ? wait.bound(read.reached(outcome.get().getPosition()))
                                        : CompletableFuture.failedFuture(new TimeoutException()));
        return late(
                fresh,
                ErrorCode.AFTER_COMMAND_TIMEOUT,
                "the outcome of command %s was not readable within %d ms"
                        .formatted(command.getCommandId(), wait.asked().toMillis()));
    }

    private static CompletableFuture<Void> reached(long position, Wait wait, Progress read) {
        return late(
                wait.bound(read.reached(position)),
                ErrorCode.TIMEOUT,
                "what was in the log was not readable within %d ms"
                        .formatted(wait.asked().toMillis()));
    }

    private static long position(Freshness asked) {
        if (asked.getPosition() < 0) {
            throw WaybillException.badInput(
                    "freshness.position", "freshness.position is too large");
        }
        return asked.getPosition();
    }

    private static CompletableFuture<Void> late(
            CompletableFuture<Void> future, ErrorCode code, String sentence) {
        return future.isDone() && !future.isCompletedExceptionally()
                ? future
                : future.exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        cause(failure) instanceof TimeoutException
                                                ? new WaybillException(code, sentence)
                                                : failure));
    }

    private static Void timedOut(Throwable failure) {
        if (cause(failure) instanceof TimeoutException) {
            return null;
        }
        throw failure instanceof CompletionException completion
                ? completion
                : new CompletionException(failure);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private Optional<CommandView> find(ByteString key) {
        return rows.get(CommandProjection.TABLE, key).map(FreshReads::parse);
    }

    private static CommandView parse(ByteString row) {
        try {
            return CommandView.parseFrom(row);
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(ErrorCode.INTERNAL, "a row of command cannot be read")
                    .causedBy(e);
        }
    }
}
