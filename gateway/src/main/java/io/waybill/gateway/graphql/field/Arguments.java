package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.reading.Freshness;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Arguments that several fields share, checked. */
final class Arguments {

    private static final int MOST_ROWS = 1_000;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_CURSOR = 1_000;
    static final Freshness AS_IT_STANDS = new Freshness.AsItStands();

    private Arguments() {}

    static String text(DataFetchingEnvironment environment, String name) {
        String value = environment.getArgument(name);
        if (value == null) {
            throw WaybillException.badInput(name, name + " is missing");
        }
        return value;
    }

    /** A text that may be left out, but not be empty: that would be taken for all. */
    static @Nullable String present(DataFetchingEnvironment environment, String name) {
        String value = environment.getArgument(name);
        if (value != null && value.isBlank()) {
            throw WaybillException.badInput(name, name + " must not be empty; leave it out");
        }
        return value;
    }

    /** A number of rows: 1 to 1,000. */
    static int rows(DataFetchingEnvironment environment, String name) {
        Integer count = environment.getArgument(name);
        if (count == null || count < 1 || count > MOST_ROWS) {
            throw WaybillException.badInput(
                    name, "%s must be 1 to %d, but is %s".formatted(name, MOST_ROWS, count));
        }
        return count;
    }

    /** The command whose outcome an answer must hold, if one is named. */
    static Freshness freshness(DataFetchingEnvironment environment) {
        String given = environment.getArgument("afterCommand");
        return given == null
                ? AS_IT_STANDS
                : new Freshness.AfterCommand(commandId("afterCommand", given));
    }

    /** A command's id in its canonical form. */
    static String commandId(String name, String given) {
        return Ids.uuid(given)
                .orElseThrow(
                        () ->
                                WaybillException.badInput(
                                        name,
                                        name
                                                + " must be a command id, as a mutation returned it in"
                                                + " commandId"));
    }

    /** A client's own key for a command: 1 to 200 visible characters. */
    static Optional<String> idempotencyKey(DataFetchingEnvironment environment) {
        String key = environment.getArgument("idempotencyKey");
        if (key != null && !isVisible(key)) {
            throw WaybillException.badInput(
                    "idempotencyKey",
                    "idempotencyKey must have 1 to %d visible characters, without blanks"
                            .formatted(LONGEST_KEY));
        }
        return Optional.ofNullable(key);
    }

    /** A cursor; empty when none is given. What it means is for the reader to say. */
    static String cursor(DataFetchingEnvironment environment, String name) {
        String cursor = environment.getArgument(name);
        if (cursor == null) {
            return "";
        }
        if (cursor.isEmpty() || cursor.length() > LONGEST_CURSOR) {
            throw WaybillException.badInput(
                    name, name + " must be a cursor that this very list returned");
        }
        return cursor;
    }

    /** Whether the field has such an argument. */
    static boolean has(DataFetchingEnvironment environment, String name) {
        return environment.getFieldDefinition().getArgument(name) != null;
    }

    /** Whether an argument was given, and not as null. */
    static boolean given(DataFetchingEnvironment environment, String name) {
        return environment.getArgument(name) != null;
    }

    private static boolean isVisible(String key) {
        int characters = key.codePointCount(0, key.length());
        return characters >= 1
                && characters <= LONGEST_KEY
                && key.codePoints().allMatch(Arguments::isVisible);
    }

    /** Whether a character shows, changes nothing of how others show, and is no blank. */
    static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
