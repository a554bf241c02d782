package io.waybill.app.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders for the running programs of tests, below {@code target}, so that their logs can be read
 * after.
 */
final class Folders {

    private Folders() {}

    /** A new folder. */
    static Path fresh(String name) {
        try {
            Path all = Files.createDirectories(Path.of("target", "e2e").toAbsolutePath());
            return Files.createTempDirectory(all, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
