package io.waybill.app.e2e;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.feed.v1.SubscribeRequest;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads the event log itself, with the writer's credentials, to compare it with what clients were
 * told.
 */
final class EventLogReader {

    private static final Duration WHOLE = Duration.ofSeconds(4);

    private EventLogReader() {}

    /** All commits that stand in the log. */
    static List<Commit> read(int databasePort, Path data) {
        Credentials credentials = Credentials.open(data.resolve("credentials"));
        ManagedChannel channel =
                GrpcChannels.tcp("localhost:" + databasePort, Role.WRITER, credentials);
        List<Commit> commits = new ArrayList<>();
        try {
            EventFeedGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(WHOLE.toMillis(), TimeUnit.MILLISECONDS)
                    .subscribe(SubscribeRequest.getDefaultInstance())
                    .forEachRemaining(answer -> commits.addAll(answer.getCommitsList()));
        } catch (StatusRuntimeException e) {
            // A feed never ends by itself: the deadline is how this one does.
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                throw e;
            }
        } finally {
            channel.shutdownNow();
        }
        return commits;
    }
}
