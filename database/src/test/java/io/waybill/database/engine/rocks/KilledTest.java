package io.waybill.database.engine.rocks;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.waybill.database.TestDatabase;
import io.waybill.database.append.Committer;
import io.waybill.database.engine.Direction;
import io.waybill.database.engine.DueTimers;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.RowChange;
import io.waybill.database.engine.RowChange.IndexEntry;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StandingTimers;
import io.waybill.database.engine.StoredIndex;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.eventstore.v1.Commit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A process that is killed while it appends: what it had acknowledged is there. */
class KilledTest {

    private static final int APPENDERS = 4;
    private static final int BATCH = 5;
    private static final StoredIndex INDEX = StoredIndex.ofRows("i");

    @Test
    @Timeout(60)
    void every_acknowledged_commit_is_there_after_kill_9(@TempDir Path folder) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            acknowledged.addAll(appendUntilKilled(folder, "round" + round));
        }
        assertThat(acknowledged).hasSizeGreaterThan(400);
        try (RocksEngine engine = RocksEngine.open(folder)) {
            long end = engine.log().end();
            List<Commit> all = engine.log().read(0, new PageLimit(1_000_000, 1 << 30));
            assertThat(all)
                    .extracting(Commit::getPosition)
                    .isEqualTo(
                            IntStream.rangeClosed(1, (int) end).mapToObj(i -> (long) i).toList());
            for (String name : acknowledged) {
                for (int i = 0; i < BATCH; i++) {
                    assertThat(engine.log().find(command(name + "." + i))).isPresent();
                }
                assertThat(engine.log().find(command(name + ".undone")).orElseThrow().getOutcome())
                        .matches(outcome -> outcome.getCode().equals("UNDONE"));
            }
            // Of a batch all is there or nothing: one timer of each stands.
            DueTimers timers = engine.log().dueTimers(Optional.empty(), Instant.MAX, 1_000_000);
            assertThat(timers.timers())
                    .hasSizeGreaterThanOrEqualTo(acknowledged.size())
                    .containsExactlyInAnyOrderElementsOf(StandingTimers.after(all));
            assertThat(timers.timers())
                    .extracting(due -> due.getTimer().getName())
                    .containsOnly("stands");
            // Rows, entries and checkpoint are from the same moment.
            long checkpoint = engine.rows().checkpoint("t");
            assertThat(checkpoint).isPositive();
            List<ByteString> expected = List.of(ByteString.copyFromUtf8("row " + checkpoint));
            assertThat(
                            engine.rows()
                                    .scan(
                                            "t",
                                            INDEX,
                                            KeyRange.ALL,
                                            Direction.FORWARD,
                                            ScanLimit.of(10)))
                    .extracting(Listed::row)
                    .isEqualTo(expected);
            assertThat(engine.rows().get("t", ByteString.copyFromUtf8("k")))
                    .contains(expected.getFirst());
        }
    }

    private static List<String> appendUntilKilled(Path folder, String round) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Appender.class.getName(),
                                folder.toString(),
                                round)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            while (line != null) {
                // What the kill cut short has no end mark.
                if (line.endsWith(";")) {
                    acknowledged.add(line.substring(0, line.length() - 1));
                }
                if (acknowledged.size() == 100) {
                    assertThatThrownBy(() -> RocksEngine.open(folder))
                            .hasMessageContaining(
                                    "the data folder %s is in use by another process"
                                            .formatted(folder));
                }
                if (acknowledged.size() == 300) {
                    process.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        return acknowledged;
    }

    /** The process that is killed. */
    static final class Appender {

        private Appender() {}

        /** Appends for ever, and prints what was acknowledged. */
        public static void main(String[] args) {
            RocksEngine engine = RocksEngine.open(Path.of(args[0]));
            Committer committer = new Committer(engine.log(), new LogTail(engine.log()));
            for (int i = 0; i < APPENDERS; i++) {
                String prefix = args[1] + "-" + i + "-";
                Thread.ofPlatform().start(() -> append(committer, prefix));
            }
            ByteString key = ByteString.copyFromUtf8("k");
            long from = engine.rows().checkpoint("t");
            for (long n = from + 1; n < Long.MAX_VALUE; n++) {
                engine.rows()
                        .apply(
                                "t",
                                List.of(
                                        new RowChange.Put(
                                                key,
                                                ByteString.copyFromUtf8("row " + n),
                                                List.of(entry(n)),
                                                List.of(entry(n - 1)))),
                                n);
            }
        }

        private static IndexEntry entry(long n) {
            return new IndexEntry(INDEX, ByteString.copyFromUtf8("" + n));
        }

        private static void append(Committer committer, String prefix) {
            for (int n = 0; n < Integer.MAX_VALUE; n++) {
                String name = prefix + n;
                committer
                        .append(
                                TestDatabase.request(
                                        adds(name + ".0", name)
                                                .addTimersSet(timer("goes", n))
                                                .addTimersSet(timer("stands", n)),
                                        applied(name + ".1", name, 1)
                                                .addTimersCleared("goes")
                                                .addTimersSet(timer("stands", n + 1)),
                                        applied(name + ".2", name, 1)
                                                .setForecloses(command(name + ".undone")),
                                        refused(name + ".3", name, 1),
                                        refused(name + ".4", name, 1)))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
                System.out.println(name + ";");
            }
        }
    }
}
