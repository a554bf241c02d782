package io.waybill.app.cli;

import io.waybill.app.settings.HostPort;
import io.waybill.wire.identity.Role;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the values of options are read; each says in a sentence what it would have taken. */
final class Values {

    /** Ends the description of an option that has a default value. */
    static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private Values() {}

    /** {@code 8080}; 0 takes a free port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
                return Integer.valueOf(value);
            }
            throw wrong("'%s' is not a port: a number from 0 (any free one) to 65535.", value);
        }
    }

    /** As {@link TimeSpan} reads it, up to an hour. */
    static final class Delay implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Duration delay = new TimeSpan().convert(value);
            if (delay.compareTo(LONGEST_DELAY) > 0) {
                throw wrong("'%s' is not between 0 and one hour.", value);
            }
            return delay;
        }
    }

    /** Roles as one value, so that the option is not taken for one that may be repeated. */
    record RoleSet(Set<Role> roles) {
        RoleSet {
            roles = Set.copyOf(roles);
        }
    }

    /** {@code writer,reader}. */
    static final class Roles implements ITypeConverter<RoleSet> {
        @Override
        public RoleSet convert(String value) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (String label : value.split(",", -1)) {
                roles.add(
                        Role.labelled(label.strip().toLowerCase(Locale.ROOT))
                                .orElseThrow(() -> noSuchRole(label.strip())));
            }
            return new RoleSet(roles);
        }

        private static TypeConversionException noSuchRole(String label) {
            var known = Stream.of(Role.values()).map(Role::label).toList();
            return wrong(
                    "'%s' is not a role; there are %s.%s",
                    label,
                    known.stream().sorted().collect(Collectors.joining(", ")),
                    Suggestion.closest(label, known)
                            .map(near -> " Did you mean " + near + "?")
                            .orElse(""));
        }
    }

    /** {@code mqtt://host:port}. */
    static final class BrokerUri implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            try {
                URI uri = new URI(value);
                if ("mqtt".equals(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getPath().isEmpty()
                        && uri.getUserInfo() == null) {
                    return uri.getPort() < 0
                            ? new HostPort(uri.getHost(), 1883).toUri("mqtt")
                            : uri;
                }
            } catch (URISyntaxException e) {
                // Said below, with what is taken.
            }
            throw wrong("'%s' is not the address of a broker, mqtt://host:port.", value);
        }
    }

    /** {@code http://host:port}. */
    static final class HttpAddress implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            try {
                URI uri = new URI(value);
                boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                boolean bare = !uri.isOpaque() && uri.getPath().matches("/?");
                if (http && bare && uri.getHost() != null && uri.getQuery() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // Said below, with what is taken.
            }
            throw wrong("'%s' is not the address of a gateway, http://host:port.", value);
        }
    }

    /** {@code host:port}. */
    static final class Address implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String value) {
            return HostPort.parse(value)
                    .orElseThrow(() -> wrong("'%s' is not an address, host:port.", value));
        }
    }

    /** A path, absolute from here on. */
    static final class Location implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            try {
                return Path.of(value).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw wrong("'%s' is not a path.", value);
            }
        }
    }

    private static TypeConversionException wrong(String sentence, Object... values) {
        return new TypeConversionException(String.format(Locale.ROOT, sentence, values));
    }
}
