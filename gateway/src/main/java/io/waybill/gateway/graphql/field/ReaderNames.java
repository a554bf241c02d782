package io.waybill.gateway.graphql.field;

import io.waybill.gateway.graphql.failure.FieldFailures;
import io.waybill.wire.failure.WaybillException;

import java.util.Map;

/** What the reader calls the arguments of lists, and what they are called here. */
final class ReaderNames {

    private static final String PAGE = "page.";
    private static final Map<String, String> ARGUMENTS =
            Map.of("order", "orderBy", "updated_since", "filter.updatedSince");

    private ReaderNames() {}

    /** The same failure, said of the argument that the client gave. */
    static WaybillException here(Throwable thrown) {
        WaybillException failure = FieldFailures.known(thrown);
        if (failure.field().isEmpty()) {
            return failure;
        }
        String field = failure.field().get().replace(PAGE, "");
        return new WaybillException(failure.code(), sentence(failure.sentence()))
                .at(ARGUMENTS.getOrDefault(field, field))
                .causedBy(thrown);
    }

    private static String sentence(String theirs) {
        return theirs.replace(PAGE, "")
                .replaceFirst("^order ", "orderBy ")
                .replace("name_prefix", "namePrefix")
                .replace("updated_since", "updatedSince");
    }
}
