package io.waybill.wire.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The roles of the program; each has a secret of its own in a store. */
public enum Role {
    BROKER,
    DATABASE,
    READER,
    WRITER,
    GATEWAY;

    /** The role's name as it stands in options, file names and credentials: {@code writer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a name. */
    public static Optional<Role> labelled(String label) {
        return Stream.of(values()).filter(role -> role.label().equals(label)).findFirst();
    }
}
