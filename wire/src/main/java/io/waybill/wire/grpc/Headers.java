package io.waybill.wire.grpc;

import io.grpc.Metadata;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The metadata by which callers make themselves known. */
final class Headers {

    static final Metadata.Key<String> ROLE = key("waybill-role");
    static final Metadata.Key<String> SECRET = key("waybill-secret");
    static final Metadata.Key<String> AUTHORIZATION = key("authorization");

    /**
     * The user a gateway calls for; percent-encoded, since metadata is ASCII and names need not be.
     */
    static final Metadata.Key<String> PRINCIPAL =
            Metadata.Key.of(
                    "waybill-principal",
                    new Metadata.AsciiMarshaller<>() {
                        @Override
                        public String toAsciiString(String name) {
                            return URLEncoder.encode(name, StandardCharsets.UTF_8);
                        }

                        @Override
                        public String parseAsciiString(String encoded) {
                            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
                        }
                    });

    private Headers() {}

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
