package io.waybill.database.query;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;

import io.grpc.MethodDescriptor;
import io.waybill.database.engine.Listed;

import java.io.IOException;
import java.util.List;

/**
 * A page of an index as it is stored, on its way into a {@code ListViewsResponse}.
 *
 * @param rows what it holds, in order
 * @param more whether there are rows beyond these
 * @param behind whether there are rows before them
 */
record StoredPage(List<Listed> rows, boolean more, boolean behind) implements StoredResponse {

    private static final int ROWS = 1;
    private static final int MORE = 2;
    private static final int BEHIND = 3;
    private static final int KEY = 1;
    private static final int VIEW = 2;

    static final MethodDescriptor.Marshaller<StoredPage> MARSHALLER = StoredResponse.marshaller();

    @Override
    public int size() {
        int size =
                CodedOutputStream.computeBoolSize(MORE, more)
                        + CodedOutputStream.computeBoolSize(BEHIND, behind);
        for (Listed row : rows) {
            int rowSize = size(row);
            size +=
                    CodedOutputStream.computeTagSize(ROWS)
                            + CodedOutputStream.computeUInt32SizeNoTag(rowSize)
                            + rowSize;
        }
        return size;
    }

    private static int size(Listed row) {
        return CodedOutputStream.computeBytesSize(KEY, row.key())
                + CodedOutputStream.computeBytesSize(VIEW, row.row());
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
        for (Listed row : rows) {
            out.writeTag(ROWS, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(size(row));
            out.writeBytes(KEY, row.key());
            out.writeBytes(VIEW, row.row());
        }
        out.writeBool(MORE, more);
        out.writeBool(BEHIND, behind);
    }
}
