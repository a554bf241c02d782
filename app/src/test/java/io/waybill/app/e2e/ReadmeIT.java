package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.app.e2e.Launcher.Ended;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs what the README and the guides tell people to type: each {@code sh} block, one after the
 * other, in one folder. What the {@code text} block after it shows must be in what is printed. Only
 * the ports are other ones.
 */
class ReadmeIT {

    private static final Pattern RUNNABLE =
            Pattern.compile("```sh\\n(.*?)```(?:\\s*```text\\n(.*?)```)?", Pattern.DOTALL);

    private static final List<String> PAGES =
            List.of(
                    "README.md",
                    "docs/orders.md",
                    "docs/rest.md",
                    "docs/events.md",
                    "docs/dead-letters.md");

    /** What snippets may call that is not on every machine, and where it comes from. */
    private static final Map<String, String> CLIENTS =
            Map.of(
                    "mosquitto_rr", "Debian: mosquitto-clients",
                    "mosquitto_pub", "Debian: mosquitto-clients",
                    "mosquitto_sub", "Debian: mosquitto-clients",
                    "grpcurl", "go install github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.4");

    @TempDir private static Path folder;
    private static RunningWaybill waybill;

    private record Snippet(String script, List<String> shown) {}

    @BeforeAll
    static void start() {
        waybill = RunningWaybill.start(Folders.fresh("readme"), "--delay=1s");
    }

    @AfterAll
    static void stop() {
        waybill.close();
    }

    @TestFactory
    List<DynamicTest> every_snippet_does_what_it_shows() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (String page : PAGES) {
            pages.append(Files.readString(Program.project().resolve(page)));
        }
        List<DynamicTest> tests =
                RUNNABLE.matcher(pages)
                        .results()
                        .map(
                                found ->
                                        new Snippet(
                                                found.group(1),
                                                found.group(2) == null
                                                        ? List.of()
                                                        : found.group(2).lines().toList()))
                        .map(
                                snippet ->
                                        DynamicTest.dynamicTest(
                                                snippet.script().lines().findFirst().orElse(""),
                                                () -> run(snippet)))
                        .toList();
        assertThat(tests).hasSizeGreaterThanOrEqualTo(4);
        return tests;
    }

    private static void run(Snippet snippet) throws Exception {
        if (snippet.script().startsWith("grpcurl ")) {
            answersByReflection(snippet);
        }
        for (Map.Entry<String, String> client : CLIENTS.entrySet()) {
            assumeTrue(
                    !snippet.script().contains(client.getKey()) || Launcher.has(client.getKey()),
                    client.getKey() + " is not installed (" + client.getValue() + ")");
        }
        String script =
                snippet.script()
                        .replace("localhost:8080", "localhost:" + waybill.http())
                        .replace("localhost:9998", "localhost:" + waybill.reader())
                        .replace("-p 1883", "-p " + waybill.mqtt())
                        .replace("mosquitto_pub ", "mosquitto_pub -p " + waybill.mqtt() + " ")
                        .replaceAll("(-p \\d+) -p \\d+", "$1");

        Ended ended =
                Launcher.run(
                        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                                .directory(folder.toFile()));

        assertThat(ended.exitCode()).as(script + ended.out() + ended.err()).isZero();
        assertThat(ended.out() + ended.err()).as(script).contains(snippet.shown());
    }

    /** What must hold be grpcurl there or not. */
    private static void answersByReflection(Snippet snippet) {
        try (Reflected reader = new Reflected(waybill.reader())) {
            assertThat(new GrpcurlLines(snippet.script()).answers(reader))
                    .as("by reflection: " + snippet.script())
                    .contains(snippet.shown());
        }
    }
}
