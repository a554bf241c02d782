package io.waybill.gateway.web;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and port as a {@code Host} header or an origin names them.
 *
 * @param host in lower case; an IPv6 address without brackets
 * @param port the port; -1 when none is named
 */
record Authority(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[0-9a-zA-Z._-]{1,253})(?::([0-9]{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.*)");

    /** What a {@code Host} header names; empty when it is malformed. */
    static Optional<Authority> of(String header) {
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            return Optional.empty();
        }
        String host = form.group(1).toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        return Optional.of(
                new Authority(host, form.group(2) == null ? -1 : Integer.parseInt(form.group(2))));
    }

    /**
     * What an {@code Origin} header names, its port filled in; empty for {@code null} and for no
     * web origin.
     */
    static Optional<Authority> ofOrigin(String header) {
        Matcher origin = ORIGIN.matcher(header);
        if (!origin.matches()) {
            return Optional.empty();
        }
        int usual = origin.group(1).equals("https") ? 443 : 80;
        return of(origin.group(2))
                .map(named -> new Authority(named.host, named.port < 0 ? usual : named.port));
    }

    /** Whether it is the same place, as seen by a browser that leaves out the usual ports. */
    boolean isSameAs(Authority other) {
        return host.equals(other.host)
                && (port == other.port || (hasUsualPort() && other.hasUsualPort()));
    }

    private boolean hasUsualPort() {
        return port < 0 || port == 80 || port == 443;
    }
}
