package io.waybill.app.settings;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where something listens. An IPv6 address stands without its brackets in {@code host}. */
public record HostPort(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\[\\]:/@\\s]+)):(\\d{1,5})");

    /** Reads {@code host:port} or {@code [address]:port}; empty when it is neither. */
    public static Optional<HostPort> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        int port = Integer.parseInt(matcher.group(3));
        return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    /** As a URI without a path. */
    public URI toUri(String scheme) {
        return URI.create(scheme + "://" + this);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
