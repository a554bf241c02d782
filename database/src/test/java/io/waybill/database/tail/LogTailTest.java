package io.waybill.database.tail;

import static io.waybill.database.engine.Proposals.refused;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.EventLog;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DeadLetter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

class LogTailTest {

    private final EventLog log = new MemoryEngine("store", "incarnation").log();
    private final LogTail tail = new LogTail(log);

    private List<Commit> append(int from, int count, int bytes) {
        return log.append(
                        LongStream.range(from, from + count)
                                .mapToObj(
                                        i ->
                                                refused("c" + i, "x" + i, 0)
                                                        .setDeadLetter(
                                                                DeadLetter.newBuilder()
                                                                        .setPayload(
                                                                                ByteString.copyFrom(
                                                                                        new byte
                                                                                                [bytes])))
                                                        .build())
                                .toList())
                .written();
    }

    private List<Long> readAll(PageLimit limit) {
        List<Long> positions = new ArrayList<>();
        for (List<Commit> page = tail.read(0, limit);
                !page.isEmpty();
                page = tail.read(page.getLast().getPosition(), limit)) {
            page.forEach(commit -> positions.add(commit.getPosition()));
        }
        return positions;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_is_in_memory_the_log_reads_the_same(long seed) {
        Random random = new Random(seed);
        int appended = 0;
        while (appended < 9_000) {
            int count = 1 + random.nextInt(400);
            List<Commit> written = append(appended, count, random.nextInt(2_000));
            appended += count;
            // Now and then an append is in doubt: it is in the log, but nobody was told.
            tail.appended(random.nextInt(10) == 0 ? List.of() : written);
        }
        assertThat(readAll(new PageLimit(700, 1 << 20)))
                .isEqualTo(LongStream.rangeClosed(1, appended).boxed().toList());
    }

    @Test
    void what_is_kept_in_memory_is_bounded() {
        RecentCommits recent = new RecentCommits();
        PageLimit all = new PageLimit(100_000, 1 << 30);
        recent.add(append(0, 10_000, 10));
        assertThat(recent.after(9_999, all)).hasSize(1);
        assertThat(recent.after(10_000 - 4_096, all)).hasSize(4_096);
        assertThat(recent.after(10_000 - 4_097, all)).isEmpty();
        recent.add(append(10_000, 50, 200 << 10));
        assertThat(recent.after(10_049, all)).hasSize(1);
        assertThat(recent.after(10_050 - 25, all)).isEmpty();
    }

    @Test
    void followers_are_woken_by_each_append_until_they_leave() {
        List<String> woken = new ArrayList<>();
        try (var _ = tail.follow(() -> woken.add("x"))) {
            tail.appended(append(0, 1, 0));
            tail.appended(List.of());
        }
        tail.appended(append(1, 1, 0));
        assertThat(woken).containsExactly("x", "x");
    }
}
