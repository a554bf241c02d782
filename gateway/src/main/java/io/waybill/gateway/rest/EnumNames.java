package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;

import java.util.Locale;
import java.util.Map;

/** How the values of enumerations are called outside: without what protobuf puts before them. */
final class EnumNames {

    /** The same words as in GraphQL. */
    private static final Map<String, String> SHORT =
            Map.of("ASCENDING", "ASC", "DESCENDING", "DESC");

    private EnumNames() {}

    /** {@code ORDER_STATUS_PENDING} as {@code PENDING}. */
    static String shown(EnumValueDescriptor value) {
        String prefix =
                value.getType()
                                .getName()
                                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                .toUpperCase(Locale.ROOT)
                        + "_";
        String name =
                value.getName().startsWith(prefix)
                        ? value.getName().substring(prefix.length())
                        : value.getName();
        return SHORT.getOrDefault(name, name);
    }
}
