package io.waybill.wire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class CredentialsTest {

    @TempDir private Path parent;

    @Test
    void a_new_folder_gets_a_secret_for_each_role_readable_by_its_owner_alone() throws IOException {
        Path folder = parent.resolve("deep/credentials");

        Credentials credentials = Credentials.open(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Set<String> secrets = new HashSet<>();
        for (Role role : Role.values()) {
            Path file = folder.resolve(role.label() + ".secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file).strip()).isEqualTo(credentials.secret(role));
            secrets.add(credentials.secret(role));
        }
        assertThat(secrets).hasSize(Role.values().length).allMatch(secret -> secret.length() >= 43);
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing but the secrets is left").hasSize(Role.values().length);
        }
    }

    @Test
    void a_role_is_known_by_its_own_secret_and_no_other() {
        Credentials credentials = Credentials.open(parent.resolve("c"));

        assertThat(credentials.isSecretOf(Role.WRITER, credentials.secret(Role.WRITER))).isTrue();
        assertThat(credentials.isSecretOf(Role.READER, credentials.secret(Role.WRITER))).isFalse();
        assertThat(credentials.isSecretOf(Role.WRITER, "")).isFalse();
    }

    @Test
    void the_folder_opened_again_has_the_same_secrets() {
        Credentials first = Credentials.open(parent.resolve("c"));
        Credentials second = Credentials.open(parent.resolve("c"));

        assertThat(second.secret(Role.GATEWAY)).isEqualTo(first.secret(Role.GATEWAY));
    }

    @Test
    void many_that_open_a_new_folder_at_once_agree() throws Exception {
        int openers = 16;
        try (ExecutorService pool = Executors.newFixedThreadPool(openers)) {
            for (int round = 0; round < 20; round++) {
                Path folder = parent.resolve("round" + round);
                CyclicBarrier barrier = new CyclicBarrier(openers);
                Callable<String> open =
                        () -> {
                            barrier.await();
                            Credentials credentials = Credentials.open(folder);
                            StringBuilder all = new StringBuilder();
                            for (Role role : Role.values()) {
                                all.append(credentials.secret(role)).append(' ');
                            }
                            return all.toString();
                        };
                List<Future<String>> opened = new ArrayList<>();
                for (int i = 0; i < openers; i++) {
                    opened.add(pool.submit(open));
                }
                Set<String> seen = new HashSet<>();
                for (Future<String> one : opened) {
                    seen.add(one.get());
                }
                assertThat(seen).hasSize(1);
            }
        }
    }

    @Test
    void nothing_secret_is_shown() {
        Credentials credentials = Credentials.open(parent.resolve("c"));

        assertThat(credentials.toString()).doesNotContain(credentials.secret(Role.WRITER));
    }

    @Test
    void a_folder_that_is_a_file_is_named() throws IOException {
        Path file = Files.writeString(parent.resolve("c"), "x");

        assertThatThrownBy(() -> Credentials.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a folder");
    }

    @Test
    void a_secret_that_is_too_short_is_refused_with_what_to_do() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("c"));
        Files.writeString(folder.resolve("writer.secret"), "abc123\n");

        assertThatThrownBy(() -> Credentials.open(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("writer.secret")
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("abc123");
    }

    @Test
    void users_are_known_by_token_and_by_password() throws IOException {
        Credentials credentials =
                withPrincipals(
                        """
                        {"ada": {"token": "ada-token", "password": "pässword"},
                         "Zoë ☃": {"token": "zoe.token"},
                         "till-1": {"password": "x y"}}
                        """);

        assertThat(credentials.namesPrincipals()).isTrue();
        assertThat(credentials.byToken("ada-token")).contains(new Principal("ada"));
        assertThat(credentials.byToken("zoe.token")).contains(new Principal("Zoë ☃"));
        assertThat(credentials.byToken("x y")).isEmpty();
        assertThat(credentials.byToken("")).isEmpty();
        assertThat(credentials.byPassword("ada", "pässword")).contains(new Principal("ada"));
        assertThat(credentials.byPassword("till-1", "x y")).contains(new Principal("till-1"));
        assertThat(credentials.byPassword("ada", "ada-token")).isEmpty();
        assertThat(credentials.byPassword("Zoë ☃", "")).isEmpty();
        assertThat(credentials.byPassword("nobody", "pässword")).isEmpty();
    }

    @Test
    void without_the_file_nobody_is_named() {
        Credentials credentials = Credentials.open(parent.resolve("c"));

        assertThat(credentials.namesPrincipals()).isFalse();
        assertThat(credentials.byToken("x")).isEmpty();
        assertThat(credentials.byPassword("x", "x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "anonymous | whoever gives no credentials",
                "role:writer | role:",
                "a/b | slash",
                "a\\u0000b | control",
                "a\\nb | control",
                "a\\u0085b | control",
                "\\ud800 | surrogate",
                "` ` | blank",
                "`` | blank",
                "`ada ` | white space",
            })
    void a_name_that_cannot_be_is_refused_with_a_sentence(String name, String sentence) {
        assertThatThrownBy(() -> withPrincipals("{\"" + name + "\": {\"token\": \"t\"}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("principals.json")
                .hasMessageContaining(sentence);
    }

    @Test
    void a_name_that_is_too_long_is_refused() {
        assertThatThrownBy(
                        () -> withPrincipals("{\"" + "x".repeat(101) + "\": {\"token\": \"t\"}}"))
                .hasMessageContaining("at most 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"ada\": \"token\"}",
                "{\"ada\": {}}",
                "{\"ada\": {\"token\": \"\"}}",
                "{\"ada\": {\"token\": 7}}",
                "{\"ada\": {\"token\": null}}",
                "{\"ada\": {\"token\": \"a b\"}}",
                "{\"ada\": {\"secret\": \"x\"}}",
                "{\"ada\": {\"token\": \"x\", \"token\": \"y\"}}",
                "{\"ada\": {\"password\": \"x\", \"password\": \"y\"}}",
                "{\"ada\": {\"token\": \"x\"}, \"ada\": {\"token\": \"y\"}}",
                "{\"ada\": {\"token\": \"x\"}, \"bob\": {\"token\": \"x\"}}",
                "{\"ada\": {\"token\": \"x\"}} {}",
                "{\"ada\": {\"token\": \"x\"},}",
                "{ada: {token: 'x'}}",
            })
    void a_file_that_is_not_as_it_should_be_is_refused_and_named(String json) {
        assertThatThrownBy(() -> withPrincipals(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("principals.json");
    }

    @Test
    void a_file_that_is_not_utf_8_is_refused() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("c"));
        Files.write(folder.resolve("principals.json"), new byte[] {'{', '"', (byte) 0xff});

        assertThatThrownBy(() -> Credentials.open(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("principals.json");
    }

    private Credentials withPrincipals(String json) throws IOException {
        Path folder = Files.createTempDirectory(parent, "c");
        Files.writeString(folder.resolve("principals.json"), json);
        return Credentials.open(folder);
    }
}
