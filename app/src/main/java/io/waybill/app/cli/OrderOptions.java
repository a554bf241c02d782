package io.waybill.app.cli;

import io.waybill.app.settings.OrderSettings;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How orders are carried out. */
final class OrderOptions {

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "EUR",
            converter = CurrencyCode.class,
            description =
                    "The currency of amounts that name none, by its code of ISO 4217."
                            + Values.DEFAULT)
    private Currency currency = Currency.getInstance("EUR");

    @Option(
            names = "--manual-review",
            paramLabel = "TIME",
            defaultValue = "15m",
            converter = LongerThanNothing.class,
            description =
                    "How long a restaurant's person may take to approve or decline an order."
                            + Values.DEFAULT)
    private Duration manualReview = Duration.ofMinutes(15);

    @Option(
            names = "--step-deadlines",
            paramLabel = "STEP=TIME",
            defaultValue = "",
            converter = Deadlines.class,
            description =
                    "How long a step of an order's saga may take, with commas between:"
                            + " DEBIT_PAYMENT=10s,TAKE_ITEMS=1m. Others take 30s.")
    private StepTimes deadlines = StepTimes.NONE;

    @Option(
            names = "--step-pauses",
            paramLabel = "STEP=TIME",
            defaultValue = "",
            converter = Deadlines.class,
            description =
                    "After how long a step is asked again for the first time; then after twice as"
                            + " long each time, up to a minute. Others are after 1s.")
    private StepTimes pauses = StepTimes.NONE;

    OrderSettings settings() {
        SagaSettings saga = SagaSettings.usual().withManualReview(manualReview);
        for (Step step : Step.values()) {
            Pace usual = saga.pace(step);
            Duration first = pauses.times().getOrDefault(step, usual.firstPause());
            Duration longest =
                    first.compareTo(usual.longestPause()) > 0 ? first : usual.longestPause();
            Duration deadline = deadlines.times().getOrDefault(step, usual.deadline());
            saga = saga.with(step, new Pace(deadline, first, longest));
        }
        return new OrderSettings(currency, saga);
    }

    /** Times of some steps, as one value. */
    record StepTimes(Map<Step, Duration> times) {
        static final StepTimes NONE = new StepTimes(Map.of());
    }

    /** {@code DEBIT_PAYMENT=10s,TAKE_ITEMS=1m}. */
    static final class Deadlines implements ITypeConverter<StepTimes> {
        @Override
        public StepTimes convert(String value) {
            Map<Step, Duration> times = new EnumMap<>(Step.class);
            for (String each : value.isBlank() ? List.<String>of() : List.of(value.split(","))) {
                String[] parts = each.strip().split("=", 2);
                if (parts.length < 2) {
                    throw new TypeConversionException(
                            "'%s' is not a step and a time, such as DEBIT_PAYMENT=10s."
                                    .formatted(each.strip()));
                }
                times.put(step(parts[0]), new LongerThanNothing().convert(parts[1]));
            }
            return new StepTimes(times);
        }

        private static Step step(String name) {
            return Arrays.stream(Step.values())
                    .filter(step -> step.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'%s' is not a step; there are %s."
                                                    .formatted(
                                                            name.strip(),
                                                            String.join(
                                                                    ", ",
                                                                    Arrays.stream(Step.values())
                                                                            .map(Step::name)
                                                                            .toList()))));
        }
    }

    /** As {@link TimeSpan} reads it, but not 0. */
    static final class LongerThanNothing implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Duration time = new TimeSpan().convert(value);
            if (!time.isPositive()) {
                throw new TypeConversionException("'" + value + "' is not longer than nothing.");
            }
            return time;
        }
    }

    /** {@code EUR}. */
    static final class CurrencyCode implements ITypeConverter<Currency> {
        @Override
        public Currency convert(String value) {
            try {
                Currency currency = Currency.getInstance(value.strip().toUpperCase(Locale.ROOT));
                if (currency.getDefaultFractionDigits() >= 0) {
                    return currency;
                }
            } catch (IllegalArgumentException e) {
                // Said below, with what is taken.
            }
            throw new TypeConversionException(
                    "'" + value + "' is not a currency of ISO 4217, such as EUR.");
        }
    }
}
