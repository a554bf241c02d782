package io.waybill.writer.contact;

import java.util.List;

/** What comes of a command. */
public sealed interface ContactDecision {

    /** It takes effect; with no events it already had. */
    record Accepted(List<ContactEvent> events) implements ContactDecision {}

    /** There is no such contact. */
    record NotFound(String id) implements ContactDecision {

        /** For a person. */
        public String sentence() {
            return "contact with id " + id + " not found";
        }
    }
}
