package io.waybill.wire.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody but their owner may read or write, where the file system knows
 * POSIX permissions; elsewhere they get what is usual there.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private PrivateFiles() {}

    /**
     * Makes a folder, and what is missing above it, with mode 0700. What is there already is left
     * as it is.
     *
     * @throws FileAlreadyExistsException when something else than a folder has its name
     */
    public static Path makeFolder(Path folder) throws IOException {
        return Files.createDirectories(folder, mode(folder, "rwx------"));
    }

    /** Makes an empty file with mode 0600 and a name of its own. */
    public static Path makeFile(Path folder, String prefix, String suffix) throws IOException {
        return Files.createTempFile(folder, prefix, suffix, mode(folder, "rw-------"));
    }

    /** Whether others than its owner may do anything with a file. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return posix(file)
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
