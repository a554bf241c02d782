package io.waybill.database.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;

import io.grpc.MethodDescriptor;

import java.io.IOException;
import java.util.List;

/**
 * Rows as the bytes that they are stored in, on their way into a {@code GetViewsResponse}: they are
 * neither parsed nor built again here.
 *
 * @param rows what the response holds, in order
 */
record StoredRows(List<ByteString> rows) implements StoredResponse {

    private static final int VIEWS = 1;

    static final MethodDescriptor.Marshaller<StoredRows> MARSHALLER = StoredResponse.marshaller();

    @Override
    public int size() {
        int size = 0;
        for (ByteString row : rows) {
            size += CodedOutputStream.computeBytesSize(VIEWS, row);
        }
        return size;
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
        for (ByteString row : rows) {
            out.writeBytes(VIEWS, row);
        }
    }
}
