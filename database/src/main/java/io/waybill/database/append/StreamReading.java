package io.waybill.database.append;

import io.grpc.stub.ServerCallStreamObserver;
import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.proto.eventstore.v1.Commit;
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
    private final ServerCallStreamObserver<ReadStreamResponse> call;
    private long version;
    private boolean done;

    StreamReading(
            EventLog log,
            String stream,
            long afterVersion,
            ServerCallStreamObserver<ReadStreamResponse> call) {
        this.log = log;
        this.stream = stream;
        this.version = afterVersion;
        this.call = call;
    }

    /** Sends pages until the caller can take no more for now, or all are sent. */
    void go() {
        try {
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
}
