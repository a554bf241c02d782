package io.waybill.writer.codec;

import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.writer.decide.Asked;

import java.util.List;

/** What a command did that another one is to take back. */
final class UndoneEvents {

    private UndoneEvents() {}

    /**
     * What it did: nothing when nothing is recorded for it, or it had no effect.
     *
     * @param type what such a command does
     * @throws IllegalStateException when it was about another aggregate
     * @throws ClassCastException when it did something else
     */
    static <E, D extends E> List<D> of(Asked undo, StoredEvents<E> events, Class<D> type) {
        return undo.undone()
                .filter(commit -> commit.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_APPLIED)
                .map(commit -> of(commit, undo, events, type))
                .orElse(List.of());
    }

    private static <E, D extends E> List<D> of(
            Commit commit, Asked undo, StoredEvents<E> events, Class<D> type) {
        String stream = undo.command().type().aggregate() + "/" + undo.id();
        if (!commit.getStream().equals(stream)) {
            throw new IllegalStateException(
                    "what is to be undone in %s was done in %s"
                            .formatted(stream, commit.getStream()));
        }
        return commit.getEventsList().stream().map(events::read).map(type::cast).toList();
    }
}
