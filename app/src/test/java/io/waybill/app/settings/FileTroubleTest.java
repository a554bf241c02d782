package io.waybill.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A reason is never a bare path. */
class FileTroubleTest {

    @Test
    void every_trouble_is_told_in_words() {
        assertThat(FileTrouble.reason(new NoSuchFileException("/a/b")))
                .isEqualTo("/a/b cannot be made there");
        assertThat(FileTrouble.reason(new FileAlreadyExistsException("/a/b")))
                .isEqualTo("/a/b is not a folder");
        assertThat(FileTrouble.reason(new AccessDeniedException("/a/b")))
                .isEqualTo("/a/b is not this user's to write");
        assertThat(FileTrouble.reason(new FileSystemException("/a/b", null, "No space left")))
                .isEqualTo("/a/b: No space left");
        assertThat(FileTrouble.reason(new IOException("broken"))).isEqualTo("broken");
    }
}
