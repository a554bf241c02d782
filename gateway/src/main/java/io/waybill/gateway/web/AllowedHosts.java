package io.waybill.gateway.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hosts that Waybill answers to: a page of a foreign name that was made to point here (DNS
 * rebinding) gets nothing. Allowed are the names of loopback, the address that is listened on, and
 * what is named by a setting. One that listens on all addresses may be called by any address,
 * though not by any name. Immutable.
 */
public final class AllowedHosts {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private final Set<String> named;
    private final boolean anyAddress;

    /**
     * Allows the names of loopback and these.
     *
     * @param bound the address that is listened on
     * @param more further host names, without ports
     */
    public AllowedHosts(String bound, Set<String> more) {
        this.named =
                java.util.stream.Stream.concat(java.util.stream.Stream.of(bound), more.stream())
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.anyAddress = ALL_ADDRESSES.contains(bound);
    }

    /** Whether a host, as {@link Authority} has it, may be asked for. */
    boolean allows(String host) {
        return isLoopback(host) || named.contains(host) || (anyAddress && isAddress(host));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("::1")
                || (host.startsWith("127.") && IPV4.matcher(host).matches());
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
