package io.waybill.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code docs/rules.md} names every rule, and only tests that there are. */
class RulesPageTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)`");

    @Test
    void every_rule_has_a_row_in_turn() throws IOException {
        assertThat(rows().stream().map(row -> row.substring(2, row.indexOf(' ', 2))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 18).mapToObj(number -> "R" + number).toList());
    }

    @Test
    void every_test_that_is_named_is_there() throws IOException {
        Set<String> tests = tests();
        for (String row : rows()) {
            List<String> named =
                    TEST.matcher(row).results().map((MatchResult found) -> found.group(1)).toList();
            assertThat(named).as(row).isNotEmpty();
            assertThat(tests).containsAll(named);
        }
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PROJECT.resolve("docs").resolve("rules.md")).stream()
                .filter(line -> line.startsWith("| R"))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve(Path.of("src", "test", "java")))
                    .filter(Files::isDirectory)
                    .flatMap(RulesPageTest::files)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
