package io.waybill.gateway.graphql.redrive;

import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.proto.reader.v1.DeadLetterReaderGrpc;
import io.waybill.proto.reader.v1.GetDeadLetterRequest;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Drives dead letters again: a client's command as a new one, a saga's by waking the saga. Safe for
 * use by many threads; holds none while it waits.
 */
public final class Redrives {

    /** Stands for the verb, where the identity of a redrive is derived. */
    private static final String VERB = "REDRIVE";

    private final ViewReads views;
    private final CommandIntake intake;

    /** Reads dead letters, and submits what drives them again. */
    public Redrives(ViewReads views, CommandIntake intake) {
        this.views = views;
        this.intake = intake;
    }

    /**
     * Drives one again: when the future completes, the new command is accepted.
     *
     * <p>Fails as a submission does, and with {@code NOT_FOUND} when the principal has no such dead
     * letter, {@code BAD_USER_INPUT} at {@code payload} when it must be edited or is not right, and
     * {@code ILLEGAL_STATE} when it was driven again with success before, is being driven again
     * with another content, or cannot be driven at all.
     */
    public CompletableFuture<Accepted> redrive(Principal principal, Redrive asked) {
        return views.ask(
                        principal,
                        DeadLetterReaderGrpc.getGetDeadLetterMethod(),
                        GetDeadLetterRequest.newBuilder().setCommandId(asked.deadLetter()).build(),
                        new Freshness.LogEnd())
                .thenCompose(found -> redrive(principal, asked, found.getDeadLetter()));
    }

    private CompletableFuture<Accepted> redrive(
            Principal principal, Redrive asked, DeadLetterView letter) {
        boolean ofSaga = letter.getPrincipal().equals(Principal.SAGA.name());
        Message command =
                ofSaga ? wakeUp(asked, letter) : Contents.of(letter, asked.payload()).message();
        String key = key(principal, asked, letter);
        if (!ofSaga && letter.getRedriveApplied()) {
            mustBeRepeated(principal, key, command, letter);
        }
        return intake.submit(
                        principal,
                        command,
                        Optional.of(key),
                        asked.trace(),
                        Optional.of(letter.getCommandId()))
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        asked.idempotencyKey().isPresent()
                                                ? failure
                                                : withoutKey(failure, letter)));
    }

    /** Its saga knows which attempt is next, if any is. */
    private static Message wakeUp(Redrive asked, DeadLetterView letter) {
        if (asked.payload().isPresent()) {
            throw WaybillException.badInput(
                    "payload",
                    "payload cannot be given: what a saga sends is made by the saga alone");
        }
        if (!letter.hasSaga()) {
            throw new WaybillException(
                    ErrorCode.ILLEGAL_STATE,
                    "dead letter %s is a message of Waybill's own, and there is nothing to wake"
                            .formatted(letter.getCommandId()));
        }
        SagaCause saga = letter.getSaga();
        return RetryStep.newBuilder()
                .setId(saga.getOrderId())
                .setStep(saga.getStep())
                .setUndo(saga.getUndo())
                .build();
    }

    /**
     * A key of the client's counts for this dead letter alone. Without one there is one redrive at
     * a time: asked again before it has its outcome, it is the same command. No key has a blank.
     */
    private static String key(Principal principal, Redrive asked, DeadLetterView letter) {
        return Ids.commandId(
                principal.name(),
                asked.idempotencyKey().orElse("redrive " + letter.getRedrives()),
                VERB,
                Optional.of(letter.getCommandId()));
    }

    /**
     * What has taken effect is not to have it twice; asking for that very command again is none.
     */
    private static void mustBeRepeated(
            Principal principal, String key, Message command, DeadLetterView letter) {
        String id =
                Ids.commandId(
                        principal.name(),
                        key,
                        new Command(
                                CommandCatalogue.standard().of(command.getDescriptorForType()),
                                command));
        if (!id.equals(letter.getRedrivenBy())) {
            throw new WaybillException(
                    ErrorCode.ILLEGAL_STATE,
                    "dead letter %s was driven again by command %s, which was applied"
                            .formatted(letter.getCommandId(), letter.getRedrivenBy()));
        }
    }

    /** Who gave no key is not told of one. */
    private static Throwable withoutKey(Throwable failure, DeadLetterView letter) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof WaybillException refusal
                        && refusal.code() == ErrorCode.IDEMPOTENCY_KEY_REUSED
                ? new WaybillException(
                        ErrorCode.ILLEGAL_STATE,
                        "dead letter %s is being driven again with another content: wait for the outcome of that"
                                .formatted(letter.getCommandId()))
                : failure;
    }
}
