package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.app.e2e.Launcher.Ended;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@code ./waybill} promises on the command line. */
class LauncherIT {

    @TempDir private Path folder;

    @Test
    void help_and_version_end_with_0() throws Exception {
        Ended help = Launcher.run("up", "--help");
        Ended version = Launcher.run("--version");

        assertThat(help.exitCode()).as(help.err()).isZero();
        assertThat(help.out()).contains("--http-port", "--roles", "--ready-file");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("waybill 0.1.0").contains("Java 25");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--htp-port=1|there is no option --htp-port. Did you mean --http-port?",
                "--roles=writr|Did you mean writer?",
                "--delay=soon|'soon' is not a duration"
            })
    void a_wrong_option_ends_with_2_and_a_hint(String option, String hint) throws Exception {
        Ended ended = Launcher.run("up", option);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains(hint).doesNotContain("\tat ");
    }

    @Test
    void a_taken_port_ends_with_1_and_names_the_port() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended =
                    Launcher.run(
                            options("--mqtt-port=" + taken.getLocalPort()).toArray(String[]::new));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err())
                    .contains("port " + taken.getLocalPort() + " is taken", "--mqtt-port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_data_folder_that_is_a_file_ends_with_1_and_names_it() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Ended ended = Launcher.run("up", "--data=" + file, "--http-port=0");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains(file.toString(), "not a folder").doesNotContain("\tat ");
    }

    @Test
    void listening_beyond_this_machine_without_users_is_refused() throws Exception {
        Ended ended = Launcher.run(options("--bind=0.0.0.0").toArray(String[]::new));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("0.0.0.0", "no users are named", "principals.json");
    }

    @Test
    void it_runs_from_any_folder_through_a_link_and_with_variables_until_told_to_stop()
            throws Exception {
        Path link =
                Files.createSymbolicLink(
                        folder.resolve("linked"), Program.project().resolve("waybill"));
        Path readyFile = folder.resolve("ready.json");
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(link.toString(), "up", "--data=own")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        for (String port : List.of("HTTP", "MQTT", "MQTT_WEBSOCKET", "DATABASE", "READER")) {
            builder.environment().put("WAYBILL_" + port + "_PORT", "0");
        }
        builder.environment().put("WAYBILL_READY_FILE", readyFile.toString());
        builder.environment().put("WAYBILL_DELAY", "100ms");
        Process launched = builder.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .failFast("ended early", () -> !launched.isAlive())
                    .until(() -> Files.exists(readyFile));
            JsonNode ready = GraphQl.JSON.readTree(Files.readString(readyFile));
            assertThat(ready.get("pid").asLong()).isEqualTo(launched.pid());
            assertThat(ready.get("roles").size()).isEqualTo(5);
            assertThat(ready.get("management").isNull()).isTrue();
            assertThat(Files.readString(out))
                    .startsWith("waybill ready")
                    .contains("http://localhost:" + ready.get("http").asInt() + "/")
                    .contains("mqtt://localhost:" + ready.get("mqtt").asInt())
                    .contains("localhost:" + ready.get("reader").asInt());

            the_folder_is_in_use(launched.pid());

            long told = System.nanoTime();
            launched.destroy();
            assertThat(launched.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - told))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(launched.exitValue()).as(Files.readString(out)).isZero();
            assertThat(readyFile).doesNotExist();
            assertThat(folder.resolve("own")).isDirectory();
        } finally {
            launched.destroyForcibly().waitFor();
        }
    }

    private void the_folder_is_in_use(long pid) throws Exception {
        List<String> arguments = options();
        arguments.add("--data=" + folder.resolve("own"));
        Ended second = Launcher.run(arguments.toArray(String[]::new));

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err())
                .contains(folder.resolve("own").toString(), "is in use", "process " + pid);
    }

    private List<String> options(String... more) {
        List<String> options = new ArrayList<>(List.of("up"));
        for (String port : List.of("http", "mqtt", "mqtt-websocket", "database", "reader")) {
            String option = "--" + port + "-port=";
            if (List.of(more).stream().noneMatch(given -> given.startsWith(option))) {
                options.add(option + "0");
            }
        }
        options.addAll(List.of(more));
        if (List.of(more).stream().noneMatch(given -> given.startsWith("--data"))
                && more.length > 0) {
            options.add("--data=" + folder.resolve("data"));
        }
        return options;
    }
}
