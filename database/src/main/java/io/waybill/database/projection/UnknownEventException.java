package io.waybill.database.projection;

import io.waybill.proto.eventstore.v1.Commit;

/**
 * An event that a projection should know and does not, cannot read, or cannot apply: it must not go
 * on.
 */
public final class UnknownEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private UnknownEventException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    private UnknownEventException(String sentence) {
        super(sentence);
    }

    /** An event of a type that is not known. */
    public static UnknownEventException ofType(String type, Commit commit) {
        return new UnknownEventException(
                "the event type %s at position %d is not known"
                        .formatted(type, commit.getPosition()));
    }

    /** An event of a known type that cannot be read. */
    public static UnknownEventException unreadable(String type, Commit commit, Throwable cause) {
        return new UnknownEventException(
                "the event %s at position %d cannot be read".formatted(type, commit.getPosition()),
                cause);
    }

    /** An event that cannot follow on what its stream holds before it. */
    public static UnknownEventException outOfPlace(String type, Commit commit) {
        return new UnknownEventException(
                "the event %s at position %d cannot follow on what happened before"
                        .formatted(type, commit.getPosition()));
    }
}
