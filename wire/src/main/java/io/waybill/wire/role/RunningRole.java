package io.waybill.wire.role;

import io.waybill.wire.identity.Role;

import java.util.List;
import java.util.stream.Stream;

/** One role of the program. Usable when built and started; started once; closes what it opened. */
public interface RunningRole extends AutoCloseable {

    /** Which role it is. */
    Role role();

    /**
     * Opens what is the role's own (ports, stores). Does not wait for other roles: those may come
     * and go.
     *
     * @throws RuntimeException when its own port or folder cannot be had; the message names it
     */
    void start();

    /** How it is now. Safe for use by many threads, and quick. */
    Health health();

    /** Stops within a few seconds, losing nothing; may be called more than once. */
    @Override
    void close();

    /**
     * How a role is.
     *
     * @param up whether it can do its work now
     * @param detail a sentence: what it waits for, or how far it is
     * @param warnings sentences: what an operator should see to, though the role does its work
     */
    record Health(boolean up, String detail, List<String> warnings) {

        /** One that warns of nothing. */
        public Health(boolean up, String detail) {
            this(up, detail, List.of());
        }

        /** The same, with a warning more. */
        public Health warning(String sentence) {
            return new Health(
                    up, detail, Stream.concat(warnings.stream(), Stream.of(sentence)).toList());
        }
    }
}
