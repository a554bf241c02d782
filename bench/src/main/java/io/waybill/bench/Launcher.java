package io.waybill.bench;

import org.jspecify.annotations.Nullable;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the launcher that this benchmark was built beside. */
final class Launcher {

    private static final String NAME = "waybill";

    private Launcher() {}

    /**
     * The file {@code waybill} in a folder above this program's own; where there is none, in the
     * current folder.
     */
    static Path beside() {
        for (Path folder = ownFolder(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(NAME);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return file;
            }
        }
        return Path.of(NAME).toAbsolutePath();
    }

    private static @Nullable Path ownFolder() {
        try {
            return Path.of(
                            Launcher.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
