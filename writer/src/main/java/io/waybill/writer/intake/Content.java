package io.waybill.writer.intake;

import io.waybill.catalogue.Command;

/** What a delivered message holds. */
public sealed interface Content {

    /** A valid command. */
    record Valid(Command command) implements Content {}

    /**
     * A command that breaks rules.
     *
     * @param field the first field at fault
     * @param sentence all that is wrong, for a person
     */
    record Invalid(String field, String sentence) implements Content {}

    /** Nothing that can be decoded. */
    record Undecodable(String reason) implements Content {}
}
