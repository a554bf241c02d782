package io.waybill.wire.identity;

import io.waybill.wire.failure.Reason;
import io.waybill.wire.files.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder with the roles' secrets. A secret appears whole under its name or not at all: it is
 * written beside it and linked there, and of several processes that try at once one wins and all
 * read what it wrote.
 */
final class SecretFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SecretFolder.class);
    private static final int FEWEST_CHARACTERS = 16;

    private final Path folder;

    private SecretFolder(Path folder) {
        this.folder = folder;
    }

    static SecretFolder open(Path folder) {
        try {
            PrivateFiles.makeFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the credentials folder " + folder + " cannot be made: " + Reason.of(e), e);
        }
        return new SecretFolder(folder);
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
        Path draft = PrivateFiles.makeFile(folder, ".secret", ".new");
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
        if (PrivateFiles.isOpenToOthers(file)) {
            LOG.warn("{} can be read or written by others than its owner: chmod 600 it", file);
        }
    }
}
