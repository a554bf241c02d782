package io.waybill.database.append;

import io.grpc.stub.ServerCallStreamObserver;
import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ReadStreamRequest;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.wire.grpc.Failures;

import java.util.List;

/**
 * One reading of a stream, page by page as the caller takes them. gRPC calls {@link #go} one at a
 * time.
 */
final class StreamReading {

    private static final PageLimit PAGE = new PageLimit(200, 256 << 10);

    private final EventLog log;
    private final String stream;
    private final String schema;
    private final ServerCallStreamObserver<ReadStreamResponse> call;
    private long version;
    private boolean begun;
    private boolean done;

    StreamReading(
            EventLog log,
            ReadStreamRequest request,
            ServerCallStreamObserver<ReadStreamResponse> call) {
        this.log = log;
        this.stream = request.getStream();
        this.schema = request.getSnapshotSchema();
        this.version = request.getAfterVersion();
        this.call = call;
    }

    /** Sends pages until the caller can take no more for now, or all are sent. */
    void go() {
        try {
            if (!begun && call.isReady()) {
                begun = true;
                beginWithSnapshot();
            }
            while (!done && call.isReady()) {
                List<Commit> page = log.readStream(stream, version, PAGE);
                if (page.isEmpty()) {
                    done = true;
                    call.onCompleted();
                } else {
                    version = page.getLast().getVersion();
                    call.onNext(ReadStreamResponse.newBuilder().addAllCommits(page).build());
                }
            }
        } catch (RuntimeException e) {
            done = true;
            call.onError(Failures.toStatus(e));
        }
    }

    /** Goes ahead to the stream's snapshot, if the caller can read it and it is any help. */
    private void beginWithSnapshot() {
        if (schema.isEmpty()) {
            return;
        }
        log.snapshot(stream)
                .filter(snapshot -> snapshot.getSchema().equals(schema))
                .filter(snapshot -> snapshot.getVersion() > version)
                .ifPresent(
                        snapshot -> {
                            version = snapshot.getVersion();
                            call.onNext(
                                    ReadStreamResponse.newBuilder().setSnapshot(snapshot).build());
                        });
    }
}
