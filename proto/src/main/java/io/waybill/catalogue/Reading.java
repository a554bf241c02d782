package io.waybill.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of reading a payload. */
public sealed interface Reading {

    /** It is a valid command. */
    record Valid(Command command) implements Reading {}

    /**
     * It could be decoded, but breaks rules.
     *
     * @param violations at least one, in the order of the fields
     * @param target the aggregate that it names, when that at least is well-formed
     */
    record Invalid(List<Violation> violations, Optional<String> target) implements Reading {

        /** All that is wrong, in one sentence for a person. */
        public String sentence() {
            return violations.stream().map(Violation::sentence).collect(Collectors.joining("; "));
        }
    }

    /**
     * It could not be decoded at all, or is too large.
     *
     * @param reason for a person; names the field where one is known
     * @param field that field by its path, or empty
     */
    record Undecodable(String reason, String field) implements Reading {

        /** Through no known field's fault. */
        public Undecodable(String reason) {
            this(reason, "");
        }
    }
}
