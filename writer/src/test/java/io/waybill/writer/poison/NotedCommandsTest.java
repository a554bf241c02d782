package io.waybill.writer.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An unclean stop is one that does not close the notes: the file is opened again as it was left.
 */
class NotedCommandsTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("noted-commands");
    }

    @Test
    void a_command_being_handled_at_three_unclean_stops_in_a_row_is_condemned() {
        dieHandling("killer");
        dieHandling("killer");
        assertThat(NotedCommands.open(file).condemned("killer")).isFalse();
        dieHandling("killer");

        NotedCommands notes = NotedCommands.open(file);
        assertThat(notes.condemned("killer")).isTrue();
        assertThat(notes.condemned("another")).isFalse();
    }

    @Test
    void a_command_that_was_struck_out_is_not_suspected() {
        for (int i = 0; i < 5; i++) {
            NotedCommands notes = NotedCommands.open(file);
            notes.note("innocent");
            notes.strike();
        }

        assertThat(NotedCommands.open(file).condemned("innocent")).isFalse();
    }

    @Test
    void a_suspect_that_outlives_one_step_may_die_of_the_next() {
        for (int i = 0; i < 3; i++) {
            NotedCommands notes = NotedCommands.open(file);
            assertThat(notes.condemned("killer")).isFalse();
            notes.note("killer");
            notes.strike();
            notes.note("another");
            notes.strike();
            notes.note("killer");
        }

        assertThat(NotedCommands.open(file).condemned("killer")).isTrue();
    }

    @Test
    void a_suspect_that_is_acquitted_begins_anew() {
        dieHandling("once");
        dieHandling("once");
        NotedCommands notes = NotedCommands.open(file);
        notes.acquit("another");
        notes.note("once");
        notes.strike();
        notes.acquit("once");
        dieHandling("once");

        assertThat(NotedCommands.open(file).condemned("once")).isFalse();
    }

    @Test
    void unclean_stops_that_have_nothing_to_do_with_a_suspect_do_not_count_against_it() {
        dieHandling("suspect");
        for (int i = 0; i < 5; i++) {
            NotedCommands.open(file);
        }

        assertThat(NotedCommands.open(file).condemned("suspect")).isFalse();
    }

    @Test
    void others_that_were_handled_once_in_between_are_not_condemned() {
        dieHandling("killer");
        dieHandling("bystander");
        dieHandling("killer");
        dieHandling("killer");

        NotedCommands notes = NotedCommands.open(file);
        assertThat(notes.condemned("killer")).isTrue();
        assertThat(notes.condemned("bystander")).isFalse();
    }

    @Test
    void a_clean_stop_breaks_the_row() {
        dieHandling("killer");
        dieHandling("killer");
        NotedCommands.open(file).close();
        dieHandling("killer");

        assertThat(NotedCommands.open(file).condemned("killer")).isFalse();
    }

    @Test
    void the_condemned_stay_condemned_over_clean_and_unclean_stops() {
        dieHandling("killer");
        dieHandling("killer");
        dieHandling("killer");
        NotedCommands.open(file).close();
        dieHandling("another");

        assertThat(NotedCommands.open(file).condemned("killer")).isTrue();
    }

    @Test
    void more_commands_than_there_is_room_for_are_no_harm() {
        for (int i = 0; i < 600; i++) {
            dieHandling("command " + i);
        }
        dieHandling("killer");
        dieHandling("killer");
        dieHandling("killer");

        assertThat(NotedCommands.open(file).condemned("killer")).isTrue();
    }

    @Test
    void a_file_of_something_else_is_begun_anew() throws IOException {
        Files.writeString(file, "something else");

        NotedCommands notes = NotedCommands.open(file);
        notes.note("any");
        notes.strike();
        assertThat(notes.condemned("any")).isFalse();
        notes.close();
        notes.close();
    }

    @Test
    void a_file_that_cannot_be_used_is_named() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(() -> NotedCommands.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    private void dieHandling(String key) {
        NotedCommands notes = NotedCommands.open(file);
        notes.note(key);
    }
}
