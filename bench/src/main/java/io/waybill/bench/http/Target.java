package io.waybill.bench.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The door that requests go to, looked up once.
 *
 * @param address where it listens
 * @param authority {@code host:port}, as it stands in the Host header
 * @param path {@code /graphql}
 */
public record Target(InetSocketAddress address, String authority, String path) {

    /**
     * The door of a base address.
     *
     * @param base {@code http://host:port}
     * @param path where on it
     * @param anywhere whether it may lie beyond loopback
     * @throws IllegalArgumentException when it is no such address, or not allowed; the message says
     *     so
     */
    public static Target of(URI base, String path, boolean anywhere) {
        if (!"http".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException(base + " is not of the form http://host:port");
        }
        int port = base.getPort() < 0 ? 80 : base.getPort();
        InetSocketAddress address;
        try {
            address = new InetSocketAddress(InetAddress.getByName(base.getHost()), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no host has the name " + base.getHost(), e);
        }
        if (!anywhere && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    base.getHost()
                            + " is not this machine: say --anywhere to load it all the same");
        }
        return new Target(address, base.getHost().toLowerCase(Locale.ROOT) + ":" + port, path);
    }

    /** A POST of JSON, ready to be sent. */
    public byte[] post(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("POST "
                                + path
                                + " HTTP/1.1\r\nHost: "
                                + authority
                                + "\r\nContent-Type: application/json\r\nAccept: application/json"
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }
}
