package io.waybill.database.query;

import com.google.protobuf.CodedOutputStream;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A response that is written as it is stored. */
interface StoredResponse {

    /** How many bytes it is written in. */
    int size();

    void writeTo(CodedOutputStream out) throws IOException;

    /**
     * How such responses are written. The server writes responses only, so reading is not offered.
     */
    static <R extends StoredResponse> MethodDescriptor.Marshaller<R> marshaller() {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(R response) {
                return new Encoded(encoded(response));
            }

            @Override
            public R parse(InputStream stream) {
                throw new UnsupportedOperationException("responses are written, not read");
            }
        };
    }

    private static byte[] encoded(StoredResponse response) {
        byte[] bytes = new byte[response.size()];
        try {
            response.writeTo(CodedOutputStream.newInstance(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Tells gRPC how long it is, which spares a copy. */
    final class Encoded extends ByteArrayInputStream implements KnownLength {
        private Encoded(byte[] bytes) {
            super(bytes);
        }
    }
}
