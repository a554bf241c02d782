package io.waybill.writer.intake;

import io.waybill.catalogue.Command;
import io.waybill.wire.failure.ErrorCode;

/** What a delivered message holds. */
public sealed interface Content {

    /** A valid command. */
    record Valid(Command command) implements Content {}

    /**
     * A command that breaks rules.
     *
     * @param code of the first rule that is broken
     * @param field the first field at fault
     * @param sentence all that is wrong, for a person
     */
    record Invalid(ErrorCode code, String field, String sentence) implements Content {}

    /** Nothing that can be decoded. */
    record Undecodable(String reason) implements Content {}
}
