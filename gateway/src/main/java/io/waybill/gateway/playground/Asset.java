package io.waybill.gateway.playground;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the playground, kept compressed. Immutable.
 *
 * @param contentType its media type
 * @param compressed its bytes with gzip
 * @param tag names this very content: an entity tag
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the package
record Asset(String contentType, byte[] compressed, String tag) {

    /** Reads a resource of the class path. */
    static Asset of(String resource, String contentType) {
        try (InputStream in = Asset.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            byte[] content = in.readAllBytes();
            CRC32C checksum = new CRC32C();
            checksum.update(content);
            String tag =
                    "\"%s-%d\""
                            .formatted(
                                    HexFormat.of().toHexDigits((int) checksum.getValue()),
                                    content.length);
            return new Asset(contentType, compress(content), tag);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Its bytes as they are. */
    byte[] content() {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compress(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 3 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }
}
