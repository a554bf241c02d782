package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** What the program leaves on the disk, and who may read it. */
class FolderIT {

    @ParameterizedTest
    @ValueSource(strings = {"broker,database,reader,writer,gateway", "broker", "database"})
    void nothing_of_the_storage_engine_is_left_among_the_temporary_files(String roles)
            throws IOException {
        try (RunningWaybill waybill =
                RunningWaybill.start(
                        Folders.fresh("folder"), "--roles=" + roles, "--management-port=0")) {
            waybill.kill();
            assertThat(nativeCode(waybill.temporaryFiles())).isEmpty();
            List<Path> unpacked = nativeCode(waybill.data());
            assertThat(unpacked).hasSize(1);
            Object first = Files.readAttributes(unpacked.getFirst(), "unix:ino").get("ino");

            waybill.launch().awaitReady();
            assertThat(nativeCode(waybill.temporaryFiles())).isEmpty();
            assertThat(nativeCode(waybill.data())).isEqualTo(unpacked);
            assertThat(Files.readAttributes(unpacked.getFirst(), "unix:ino").get("ino"))
                    .as("unpacked once")
                    .isEqualTo(first);
        }
    }

    @Test
    void every_folder_of_the_data_is_its_owners_alone() throws IOException {
        try (RunningWaybill waybill = RunningWaybill.start(Folders.fresh("folder"))) {
            Path data = waybill.data();
            assumeThat(data.getFileSystem().supportedFileAttributeViews()).contains("posix");
            assertThat(mode(data)).isEqualTo("rwx------");
            try (Stream<Path> entries = Files.list(data)) {
                assertThat(entries.filter(Files::isDirectory))
                        .hasSizeGreaterThanOrEqualTo(5)
                        .allSatisfy(folder -> assertThat(mode(folder)).isEqualTo("rwx------"));
            }
            try (Stream<Path> all = Files.walk(data)) {
                assertThat(all.filter(file -> file.toString().endsWith(".secret")))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<Path> nativeCode(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().contains("librocksdbjni"))
                    .toList();
        }
    }
}
