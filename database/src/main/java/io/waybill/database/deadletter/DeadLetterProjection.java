package io.waybill.database.deadletter;

import static io.waybill.database.projection.Part.number;
import static io.waybill.database.projection.Part.text;
import static io.waybill.database.projection.Part.time;

import com.google.protobuf.ByteString;
import com.google.protobuf.Parser;

import io.waybill.database.projection.Index;
import io.waybill.database.projection.Part;
import io.waybill.database.projection.Projection;
import io.waybill.database.projection.Rows;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.identity.Principal;

import java.util.List;
import java.util.Optional;

/**
 * Commands that could not be handled, by principal and id together, as all commands are: nobody
 * finds another's. They stay, whatever comes of driving them again, and say what came of it.
 */
public final class DeadLetterProjection implements Projection<DeadLetterView> {

    public static final String NAME = "dead-letter";

    /** Whose the commands are that sagas send. */
    private static final String SAGA = Principal.SAGA.name();

    private static final Part<DeadLetterView> PRINCIPAL = text(DeadLetterView::getPrincipal);
    private static final Part<DeadLetterView> TOPIC = text(DeadLetterView::getTopic);
    private static final Part<DeadLetterView> TIME = time(DeadLetterView::getAt);
    private static final Part<DeadLetterView> POSITION = number(DeadLetterView::getPosition);

    private static final List<Index<DeadLetterView>> INDEXES =
            List.of(
                    Index.of("principal-time", PRINCIPAL, TIME, POSITION),
                    Index.of("principal-topic-time", PRINCIPAL, TOPIC, TIME, POSITION));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Parser<DeadLetterView> parser() {
        return DeadLetterView.parser();
    }

    @Override
    public List<Index<DeadLetterView>> indexes() {
        return INDEXES;
    }

    @Override
    public void apply(Commit commit, Rows<DeadLetterView> rows) {
        if (commit.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_DEAD_LETTERED) {
            DeadLetterView letter = letter(commit);
            rows.insert(key(letter.getPrincipal(), letter.getCommandId()), letter);
        }
        String cause = commit.getMetadata().getCause();
        if (!cause.isEmpty()
                && !drivenAgain(commit.getCommand().getPrincipal(), cause, commit, rows)) {
            drivenAgain(SAGA, cause, commit, rows);
        }
    }

    /** Whether there is such a letter of that principal's. */
    private static boolean drivenAgain(
            String principal, String cause, Commit by, Rows<DeadLetterView> rows) {
        ByteString key = key(principal, cause);
        Optional<DeadLetterView> letter = rows.find(key);
        letter.ifPresent(found -> rows.put(key, drivenAgain(found, by)));
        return letter.isPresent();
    }

    /** The command that was applied is the one to be named, whatever came after it. */
    private static DeadLetterView drivenAgain(DeadLetterView letter, Commit by) {
        DeadLetterView.Builder driven = letter.toBuilder().setRedrives(letter.getRedrives() + 1);
        if (!letter.getRedriveApplied()) {
            driven.setRedrivenBy(by.getCommand().getCommandId())
                    .setRedriveApplied(
                            by.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_APPLIED);
        }
        return driven.build();
    }

    /** {@code <principal>/<command id>}: no principal has a slash in its name. */
    private static ByteString key(String principal, String commandId) {
        return ByteString.copyFromUtf8(principal + "/" + commandId);
    }

    private static DeadLetterView letter(Commit commit) {
        DeadLetterView.Builder letter =
                DeadLetterView.newBuilder()
                        .setPrincipal(commit.getCommand().getPrincipal())
                        .setCommandId(commit.getCommand().getCommandId())
                        .setTopic(commit.getMetadata().getTopic())
                        .setCode(commit.getOutcome().getCode())
                        .setReason(
                                commit.hasDeadLetter()
                                        ? commit.getDeadLetter().getReason()
                                        : commit.getOutcome().getMessage())
                        .setPayload(commit.getDeadLetter().getPayload())
                        .setContentType(commit.getDeadLetter().getContentType())
                        .setPayloadBytes(commit.getDeadLetter().getPayloadBytes())
                        .setStream(commit.getStream())
                        .setPosition(commit.getPosition())
                        .setRedriveOf(commit.getMetadata().getCause())
                        .setAt(commit.getDecidedAt());
        if (commit.getMetadata().hasSaga()) {
            letter.setSaga(commit.getMetadata().getSaga());
        }
        return letter.build();
    }
}
