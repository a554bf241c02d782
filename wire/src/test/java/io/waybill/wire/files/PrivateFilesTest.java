package io.waybill.wire.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PrivateFilesTest {

    @TempDir Path parent;

    @BeforeEach
    void where_there_are_such_permissions() {
        assumeThat(parent.getFileSystem().supportedFileAttributeViews()).contains("posix");
    }

    @Test
    void a_folder_and_what_was_missing_above_it_are_its_owners_alone() throws IOException {
        Path folder = PrivateFiles.makeFolder(parent.resolve("a").resolve("b"));
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(parent.resolve("a"))).isEqualTo("rwx------");
        assertThat(PrivateFiles.isOpenToOthers(folder)).isFalse();
    }

    @Test
    void a_folder_that_is_there_is_left_as_it_is() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("a"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        PrivateFiles.makeFolder(folder);
        assertThat(mode(folder)).isEqualTo("rwxr-x---");
        assertThat(PrivateFiles.isOpenToOthers(folder)).isTrue();
    }

    @Test
    void a_file_is_its_owners_alone() throws IOException {
        assertThat(mode(PrivateFiles.makeFile(parent, "a", "b"))).isEqualTo("rw-------");
    }

    @Test
    void a_file_in_the_way_of_a_folder_is_told() throws IOException {
        Path file = Files.createFile(parent.resolve("a"));
        assertThatThrownBy(() -> PrivateFiles.makeFolder(file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
