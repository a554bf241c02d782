package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A gateway that is killed keeps every command that it has accepted. */
class KilledGatewayTest {

    private static final int ENOUGH = 3_000;

    @TempDir private Path folder;

    @RepeatedTest(2)
    @Timeout(60)
    void every_accepted_command_survives_kill_9() throws IOException, InterruptedException {
        Process gateway = start();
        Set<String> accepted = new HashSet<>();
        try (BufferedReader out = gateway.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.length() == 36) {
                    accepted.add(line);
                }
                if (accepted.size() == ENOUGH) {
                    // By its handle: its output stays readable to the last line.
                    gateway.toHandle().destroyForcibly();
                }
            }
        } finally {
            gateway.destroyForcibly();
            assertThat(gateway.waitFor()).isEqualTo(128 + 9);
        }
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(ENOUGH);

        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            Set<String> kept =
                    RocksOutboxStoreTest.get(store.open()).entries().stream()
                            .map(stored -> stored.entry().getCommand().getCommandId())
                            .collect(Collectors.toSet());
            assertThat(kept).containsAll(accepted);
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledGateway.class.getName(),
                                folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
