package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;

import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/** The arguments by which lists are walked, as the reader takes them. */
final class Paging {

    private static final int USUAL = 20;

    private Paging() {}

    /** Which part of a list: the first twenty when nothing is said. */
    static Page of(DataFetchingEnvironment environment) {
        return of(environment, USUAL);
    }

    /** Which part of a list: the first so many when nothing is said. */
    static Page of(DataFetchingEnvironment environment, int usual) {
        Integer first = environment.getArgument("first");
        Integer last = environment.getArgument("last");
        String after = Arguments.cursor(environment, "after");
        String before = Arguments.cursor(environment, "before");
        if (first != null && last != null) {
            throw WaybillException.badInput("last", "give either first or last, not both");
        }
        if (last == null && !before.isEmpty()) {
            throw WaybillException.badInput("before", "before goes with last");
        }
        if (last != null && !after.isEmpty()) {
            throw WaybillException.badInput("after", "after goes with first");
        }
        if (last != null) {
            return Page.newBuilder()
                    .setLast(Arguments.rows(environment, "last"))
                    .setBefore(before)
                    .build();
        }
        int rows = first == null ? usual : Arguments.rows(environment, "first");
        return Page.newBuilder().setFirst(rows).setAfter(after).build();
    }

    /** By what a list is ordered, when that is said. */
    static Optional<String> field(@Nullable Map<String, Object> orderBy) {
        return Optional.ofNullable(orderBy).map(by -> (String) by.get("field"));
    }

    /** Which way a list runs that can be ordered in one way alone. */
    static Direction direction(DataFetchingEnvironment environment) {
        return "DESC".equals(environment.getArgument("direction"))
                ? Direction.DIRECTION_DESCENDING
                : Direction.DIRECTION_ASCENDING;
    }

    /** Which way a list runs. */
    static Direction direction(@Nullable Map<String, Object> orderBy, Direction otherwise) {
        return orderBy == null
                ? otherwise
                : "ASC".equals(orderBy.get("direction"))
                        ? Direction.DIRECTION_ASCENDING
                        : Direction.DIRECTION_DESCENDING;
    }
}
