package io.waybill.app.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where an option comes from when the command line does not give it: the property {@code
 * waybill.http-port}, else the environment variable {@code WAYBILL_HTTP_PORT}, for {@code
 * --http-port}. An empty one counts as not given.
 */
final class Surroundings implements IDefaultValueProvider {

    private final Map<String, String> environment;
    private final Properties properties;

    Surroundings() {
        this(System.getenv(), System.getProperties());
    }

    Surroundings(Map<String, String> environment, Properties properties) {
        this.environment = environment;
        this.properties = properties;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.arity().max() > 0
                ? origin(option.longestName()).map(Origin::value).orElse(null)
                : null;
    }

    /** What the surroundings say about an option, and where. */
    Optional<Origin> origin(String option) {
        String property = "waybill." + option.substring(2);
        String variable =
                "WAYBILL_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        return given(property, properties.getProperty(property))
                .or(() -> given(variable, environment.get(variable)));
    }

    private static Optional<Origin> given(String name, @Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> !text.isBlank())
                .map(text -> new Origin(name, text.strip()));
    }

    /** A value and the name of the variable or property that holds it. */
    record Origin(String name, String value) {}
}
