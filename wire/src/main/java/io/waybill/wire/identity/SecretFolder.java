package io.waybill.wire.identity;

import io.waybill.wire.failure.Reason;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder with the roles' secrets. A secret appears whole under its name or not at all: it is
 * written beside it and linked there, and of several processes that try at once one wins and all
 * read what it wrote.
 */
final class SecretFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SecretFolder.class);
    private static final int FEWEST_CHARACTERS = 16;
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private final Path folder;

    private SecretFolder(Path folder) {
        this.folder = folder;
    }

    static SecretFolder open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Path parent = folder.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                createPrivate(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the credentials folder " + folder + " cannot be made: " + Reason.of(e), e);
        }
        return new SecretFolder(folder);
    }

    private static void createPrivate(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    Secret secret(Role role) {
        Path file = folder.resolve(role.label() + ".secret");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            warnIfOpenToOthers(file);
            String text = Files.readString(file).strip();
            if (text.length() < FEWEST_CHARACTERS
                    || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException(
                        "%s must hold a secret of at least %d letters, digits and signs; delete it and a new one is made"
                                .formatted(file, FEWEST_CHARACTERS));
            }
            return Secret.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the secret " + file + " cannot be made or read: " + Reason.of(e), e);
        }
    }

    private void make(Path file) throws IOException {
        Path draft =
                Files.createTempFile(folder, ".secret", ".new", ownerOnly(folder, "rw-------"));
        try {
            Files.writeString(draft, Secret.random().text() + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another process has just made {}", file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static void warnIfOpenToOthers(Path file) throws IOException {
        if (posix(file)
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            LOG.warn("{} can be read or written by others than its owner: chmod 600 it", file);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
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
