package io.waybill.wire.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** No reason names a Java class, is a bare path, or is {@code null}. */
class ReasonTest {

    @Test
    void what_a_failure_says_is_its_reason() {
        assertThat(Reason.of(new ConnectException("Connection refused")))
                .isEqualTo("Connection refused");
        assertThat(Reason.of(new WaybillException(ErrorCode.UNAVAILABLE, "the store is closed")))
                .isEqualTo("the store is closed");
    }

    @Test
    void what_is_wrapped_speaks_for_itself() {
        IOException broken = new IOException("broken");
        assertThat(Reason.of(new CompletionException(broken))).isEqualTo("broken");
        assertThat(Reason.of(new CompletionException("later", broken))).isEqualTo("broken");
        assertThat(Reason.of(new UncheckedIOException(broken))).isEqualTo("broken");
        assertThat(Reason.of(new UncheckedIOException("the disk is broken", broken)))
                .isEqualTo("the disk is broken");
    }

    @Test
    void a_failure_that_says_nothing_is_told_in_words() {
        assertThat(Reason.of(new EOFException())).isEqualTo("the other side ended the connection");
        assertThat(Reason.of(new TimeoutException())).isEqualTo("there was no answer in time");
        assertThat(Reason.of(new NullPointerException()))
                .isEqualTo("a fault without a message (null pointer)");
        assertThat(Reason.of(new StackOverflowError()))
                .isEqualTo("a fault without a message (stack overflow)");
    }

    @Test
    void trouble_with_a_file_is_more_than_its_name() {
        assertThat(Reason.of(new NoSuchFileException("/a/b"))).isEqualTo("there is no /a/b");
        assertThat(Reason.of(new FileAlreadyExistsException("/a/b")))
                .isEqualTo("/a/b is not a folder");
        assertThat(Reason.of(new AccessDeniedException("/a/b")))
                .isEqualTo("/a/b is not this user's to use");
        assertThat(Reason.of(new FileSystemException("/a/b", null, "No space left")))
                .isEqualTo("/a/b: No space left");
    }
}
