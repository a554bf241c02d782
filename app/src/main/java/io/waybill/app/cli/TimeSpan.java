package io.waybill.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times as people write them: {@code 3s}, {@code 250ms}, {@code 2m}, {@code 0}, or as in ISO
 * 8601. None is less than nothing.
 */
public final class TimeSpan implements ITypeConverter<Duration> {

    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})(ms|s|m|)");

    @Override
    public Duration convert(String value) {
        String lowered = value.toLowerCase(Locale.ROOT);
        Matcher simple = SIMPLE.matcher(lowered);
        if (simple.matches()) {
            long number = Long.parseLong(simple.group(1));
            return switch (simple.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
        try {
            Duration span = Duration.parse(lowered);
            if (!span.isNegative()) {
                return span;
            }
        } catch (DateTimeParseException e) {
            // Said below, with what is taken.
        }
        throw new TypeConversionException(
                "'" + value + "' is not a duration, such as 3s, 250ms or 0.");
    }
}
