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

import java.util.List;

/**
 * Commands that could not be handled, by principal and id together, as all commands are: nobody
 * finds another's. They stay, whatever comes of driving them again.
 */
public final class DeadLetterProjection implements Projection<DeadLetterView> {

    public static final String NAME = "dead-letter";

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
            rows.insert(key(letter), letter);
        }
    }

    /** {@code <principal>/<command id>}: no principal has a slash in its name. */
    private static ByteString key(DeadLetterView letter) {
        return ByteString.copyFromUtf8(letter.getPrincipal() + "/" + letter.getCommandId());
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
                        .setAt(commit.getDecidedAt());
        if (commit.getMetadata().hasSaga()) {
            letter.setSaga(commit.getMetadata().getSaga());
        }
        return letter.build();
    }
}
