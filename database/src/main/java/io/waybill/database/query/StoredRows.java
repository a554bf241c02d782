package io.waybill.database.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Rows as the bytes that they are stored in, on their way into a response whose field 1 repeats
 * them: they are neither parsed nor built again here.
 *
 * @param rows what the response holds, in order
 */
record StoredRows(List<ByteString> rows) {

    private static final int FIELD = 1;

    /**
     * How such a response is written. The server writes responses only, so reading is not offered.
     */
    static final MethodDescriptor.Marshaller<StoredRows> MARSHALLER =
            new MethodDescriptor.Marshaller<>() {
                @Override
                public InputStream stream(StoredRows response) {
                    return new Encoded(response.encoded());
                }

                @Override
                public StoredRows parse(InputStream stream) {
                    throw new UnsupportedOperationException("responses are written, not read");
                }
            };

    private byte[] encoded() {
        int size = 0;
        for (ByteString row : rows) {
            size += CodedOutputStream.computeBytesSize(FIELD, row);
        }
        byte[] bytes = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            for (ByteString row : rows) {
                out.writeBytes(FIELD, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Tells gRPC how long it is, which spares a copy. */
    private static final class Encoded extends ByteArrayInputStream implements KnownLength {
        private Encoded(byte[] bytes) {
            super(bytes);
        }
    }
}
