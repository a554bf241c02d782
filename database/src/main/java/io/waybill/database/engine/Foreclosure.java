package io.waybill.database.engine;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.failure.ErrorCode;

/**
 * What is recorded of a command that another's commit refused before it came. It is not stored on
 * its own: it follows from the commit that foreclosed it.
 */
public final class Foreclosure {

    private Foreclosure() {}

    /**
     * The record of the command that a commit forecloses: where and when that commit is, refused,
     * and without any content of its own.
     */
    public static Commit of(Commit foreclosing) {
        Commit.Builder recorded =
                Commit.newBuilder()
                        .setPartition(foreclosing.getPartition())
                        .setPosition(foreclosing.getPosition())
                        .setStream(foreclosing.getStream())
                        .setVersion(foreclosing.getVersion())
                        .setCommand(foreclosing.getForeclosed())
                        .setOutcome(
                                Outcome.newBuilder()
                                        .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                                        .setCode(ErrorCode.UNDONE.name())
                                        .setMessage(
                                                "command %s undid it before it came"
                                                        .formatted(
                                                                foreclosing
                                                                        .getCommand()
                                                                        .getCommandId())));
        if (foreclosing.hasDecidedAt()) {
            recorded.setDecidedAt(foreclosing.getDecidedAt());
        }
        return recorded.build();
    }

    /** What a commit records of a command: the commit itself, or that it forecloses the command. */
    public static Commit recordOf(CommandIdentity command, Commit commit) {
        return commit.getCommand().equals(command) ? commit : of(commit);
    }
}
