package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Timestamp;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.reading.Freshness;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the values of parameters. What is none is refused, by its name. */
final class Query {

    /** The command whose outcome an answer must hold. */
    static final String AFTER_COMMAND = "after_command";

    static final int MOST_ROWS = 1_000;

    private static final int LONGEST = 1_000;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,4})?");
    private static final Pattern ROWS = Pattern.compile("[0-9]{1,4}");
    private static final Freshness AS_IT_STANDS = new Freshness.AsItStands();

    private Query() {}

    /** How fresh an answer must be. */
    static Freshness freshness(Map<String, String> query) {
        String given = query.get(AFTER_COMMAND);
        return given == null
                ? AS_IT_STANDS
                : new Freshness.AfterCommand(
                        Ids.uuid(given)
                                .orElseThrow(
                                        () ->
                                                wrong(
                                                        AFTER_COMMAND,
                                                        "must be a command_id, as an answer named"
                                                                + " it")));
    }

    /** Refuses what is not among these. */
    static void refuseUnknown(Map<String, String> query, List<String> known) {
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
                throw wrong(
                        shown,
                        known.isEmpty()
                                ? "is not known; this address takes no parameters"
                                : "is not known; the parameters here are "
                                        + String.join(", ", known));
            }
        }
    }

    /** The value of a parameter in the form of its field. */
    static Object value(Parameter parameter, String given, Map<String, String> query) {
        String name = parameter.name();
        return switch (parameter.kind()) {
            case TEXT -> text(name, given);
            case ROWS -> rows(name, given);
            case FLAG -> flag(name, given);
            case CHOICE -> choice(parameter, given);
            case TIME -> time(name, given);
            case AMOUNT -> amount(name, given, query.get("currency"));
        };
    }

    private static String text(String name, String given) {
        if (given.isBlank() || given.length() > LONGEST) {
            throw wrong(name, "must have 1 to %d characters".formatted(LONGEST));
        }
        return given;
    }

    private static int rows(String name, String given) {
        int rows = ROWS.matcher(given).matches() ? Integer.parseInt(given) : 0;
        if (rows < 1 || rows > MOST_ROWS) {
            throw wrong(name, "must be a whole number from 1 to %d".formatted(MOST_ROWS));
        }
        return rows;
    }

    private static boolean flag(String name, String given) {
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "must be true or false");
        };
    }

    private static EnumValueDescriptor choice(Parameter parameter, String given) {
        return parameter
                .choice(given)
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        parameter.name(),
                                        "must be one of "
                                                + String.join(", ", parameter.choices())));
    }

    private static Timestamp time(String name, String given) {
        try {
            Instant time = OffsetDateTime.parse(given).toInstant();
            return Timestamp.newBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano())
                    .build();
        } catch (DateTimeException e) {
            throw wrong(name, "must be a time such as 2026-01-31T12:34:56Z");
        }
    }

    private static long amount(String name, String given, @Nullable String code) {
        Currency currency =
                Optional.ofNullable(code).stream()
                        .flatMap(Query::currency)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "currency",
                                                "must be named beside " + name + ", such as EUR"));
        if (!AMOUNT.matcher(given).matches()) {
            throw wrong(name, "must be an amount such as 12.50, of at most 15 digits");
        }
        BigDecimal minor =
                new BigDecimal(given)
                        .movePointRight(currency.getDefaultFractionDigits())
                        .stripTrailingZeros();
        if (minor.scale() > 0 || minor.precision() - minor.scale() > 18) {
            throw wrong(name, "must be an amount in " + currency.getCurrencyCode());
        }
        return minor.longValueExact();
    }

    private static Stream<Currency> currency(String code) {
        try {
            Currency currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
            return currency.getDefaultFractionDigits() < 0 ? Stream.empty() : Stream.of(currency);
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static RefusedRequest wrong(String name, String rule) {
        return RefusedRequest.malformed(name, name + " " + rule);
    }
}
