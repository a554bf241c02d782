package io.waybill.writer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

class GrpcCommitLogTest {

    @Test
    void a_stream_is_sent_no_faster_than_it_is_taken() throws Exception {
        try (var database = new StandInEventStore(1_000)) {
            Deque<Runnable> next = new ArrayDeque<>();
            List<Long> versions = new ArrayList<>();
            CompletableFuture<Void> done =
                    new GrpcCommitLog(database.channel(), 0)
                            .readStream(
                                    "contact/1",
                                    0,
                                    "",
                                    (page, more) -> {
                                        page.getCommitsList().stream()
                                                .map(Commit::getVersion)
                                                .forEach(versions::add);
                                        next.add(more);
                                    });
            for (int taken = 1; taken < 1_000; taken++) {
                assertThat(versions).hasSize(taken);
                assertThat(database.pagesSent).hasValueLessThanOrEqualTo(taken + 1);
                assertThat(done).isNotDone();
                next.remove().run();
            }
            next.remove().run();

            assertThat(done).succeedsWithin(Duration.ofSeconds(10));
            assertThat(versions).isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
        }
    }

    @Test
    void an_append_that_another_incarnation_refused_is_told_from_one_that_failed()
            throws Exception {
        try (var database = new StandInEventStore(0)) {
            assertThat(
                            new GrpcCommitLog(database.channel(), 0)
                                    .append(
                                            List.of(ProposedCommit.getDefaultInstance()),
                                            "earlier"))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(new AppendReply.OtherIncarnation());
        }
    }
}
