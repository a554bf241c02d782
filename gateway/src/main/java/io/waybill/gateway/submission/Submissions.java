package io.waybill.gateway.submission;

import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.gateway.outbox.Outbox;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Takes commands in: checks, identifies and looks them up, and gives them to the outbox. What
 * cannot be looked up quickly is accepted: the log decides. Safe for use by many threads; holds
 * none while it waits.
 */
public final class Submissions {

    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private final Outbox outbox;
    private final Recorded recorded;
    private final InstantSource clock;
    private final Executor executor;

    /**
     * Accepts into an outbox.
     *
     * @param clock tells when a command was accepted
     * @param executor completes the futures given out, so that what follows burdens neither the
     *     outbox's loop nor the network's threads
     */
    public Submissions(Outbox outbox, Recorded recorded, InstantSource clock, Executor executor) {
        this.outbox = outbox;
        this.recorded = recorded;
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Accepts a command: when the future completes, it is on disk and will get an outcome.
     *
     * <p>Fails with a {@link WaybillException}: {@code BAD_USER_INPUT} or {@code AMOUNT_TOO_LARGE}
     * with the field, {@code NOT_FOUND}, {@code IDEMPOTENCY_KEY_REUSED}, {@code RESOURCE_EXHAUSTED}
     * with when to try again (nothing was recorded), or {@code UNAVAILABLE} when the disk failed or
     * the gateway stops (in doubt: the sentence holds the command id).
     *
     * @param door {@code GRAPHQL} or {@code REST}
     * @param command a message of the catalogue
     * @param idempotencyKey the client's name for this very command: repeating it has no second
     *     effect
     * @param trace the client's W3C {@code traceparent}; dropped when it is none
     */
    public CompletableFuture<Accepted> submit(
            Principal principal,
            String door,
            Message command,
            Optional<String> idempotencyKey,
            Optional<String> trace) {
        return submit(principal, door, command, idempotencyKey, trace, Optional.empty());
    }

    /**
     * The same, for a command that drives a dead letter again.
     *
     * @param cause the id of the command whose dead letter it is, if it does
     */
    public CompletableFuture<Accepted> submit(
            Principal principal,
            String door,
            Message command,
            Optional<String> idempotencyKey,
            Optional<String> trace,
            Optional<String> cause) {
        Submission submission;
        try {
            Command valid =
                    Checks.valid(
                            CommandCatalogue.standard().of(command.getDescriptorForType()),
                            command);
            idempotencyKey.ifPresent(Checks::key);
            submission =
                    Submission.of(
                            principal,
                            door,
                            valid,
                            idempotencyKey,
                            Checks.trace(trace),
                            cause,
                            clock.instant());
        } catch (WaybillException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Accepted> result = new CompletableFuture<>();
        accepted(submission, idempotencyKey.isPresent())
                .whenCompleteAsync(
                        (first, failure) -> {
                            if (failure == null) {
                                result.complete(submission.accepted(first));
                            } else {
                                result.completeExceptionally(cause(failure));
                            }
                        },
                        executor)
                .whenComplete(
                        (nothing, failure) -> {
                            // Told already, unless the executor takes no more work.
                            if (failure != null) {
                                result.completeExceptionally(untold(submission, cause(failure)));
                            }
                        });
        return result;
    }

    /** Completes with what is known of the command when it was first accepted. */
    private CompletionStage<Metadata> accepted(Submission submission, boolean withKey) {
        OutboxEntry entry = submission.entry();
        if (withKey) {
            Optional<OutboxEntry> held = outbox.held(entry.getCommand());
            if (held.isPresent()) {
                // The outbox compares the two, and accepts the same again.
                return outbox.submit(entry).thenApply(nothing -> held.get().getMetadata());
            }
        }
        return before(submission, withKey)
                .thenCombine(
                        missing(submission), (before, none) -> accept(submission, before, none))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Metadata> accept(
            Submission submission, Before before, boolean missing) {
        if (before.view().isPresent()) {
            CommandView recorded = before.view().get();
            submission.mustEqual(recorded.getFingerprint());
            return CompletableFuture.completedFuture(recorded.getMetadata());
        }
        OutboxEntry entry = toAccept(submission, before, missing);
        // Another submission of the same may have been first.
        return outbox.submit(entry)
                .thenApply(nothing -> outbox.held(entry.getCommand()).orElse(entry).getMetadata());
    }

    private static OutboxEntry toAccept(Submission submission, Before before, boolean missing) {
        // One that may be recorded gets its recorded outcome: only the log can tell.
        if (missing && before.seen()) {
            throw Checks.notFound(submission.command().type(), submission.accepted().aggregateId());
        }
        return before.seen()
                ? submission.entry()
                : submission.entry().toBuilder().setUnseen(true).build();
    }

    /**
     * What a look at the record showed.
     *
     * @param view the command, when it is recorded
     * @param seen whether it could be looked at
     */
    private record Before(Optional<CommandView> view, boolean seen) {}

    private CompletableFuture<Before> before(Submission submission, boolean withKey) {
        if (!withKey) {
            return CompletableFuture.completedFuture(new Before(Optional.empty(), true));
        }
        return recorded.command(submission.principal(), submission.accepted().commandId())
                .handle(
                        (view, failure) -> {
                            if (failure == null) {
                                return new Before(view, true);
                            }
                            LOG.debug("accepted without a look at what is recorded", failure);
                            return new Before(Optional.empty(), false);
                        });
    }

    /** Whether the command is for an aggregate that is known not to be there. */
    private CompletableFuture<Boolean> missing(Submission submission) {
        String required = submission.command().type().requires();
        String id = submission.accepted().aggregateId();
        if (submission.command().target().isEmpty()
                || outbox.holdsFor(submission.entry().getStream())
                || outbox.holdsFor(required + "/" + id)) {
            return CompletableFuture.completedFuture(false);
        }
        return recorded.exists(submission.principal(), required, id)
                .handle((exists, failure) -> failure == null && !exists);
    }

    private static Throwable untold(Submission submission, Throwable failure) {
        return failure instanceof RejectedExecutionException
                ? new WaybillException(
                                ErrorCode.UNAVAILABLE,
                                "the gateway stops, so it is in doubt whether command %s was accepted: ask for it, or repeat it with the same idempotency key"
                                        .formatted(submission.accepted().commandId()))
                        .causedBy(failure)
                : failure;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }
}
