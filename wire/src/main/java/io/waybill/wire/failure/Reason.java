package io.waybill.wire.failure;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Why something failed, in words for whoever reads the log: the end of a sentence, without its full
 * stop and without the names of Java classes.
 */
public final class Reason {

    private Reason() {}

    /** What a failure says of itself or, where it says nothing, what its cause says. */
    public static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && (isWrapper(failure) || saysNothing(failure, cause))) {
            return of(cause);
        }
        return switch (failure) {
            case NoSuchFileException file -> "there is no " + file.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case AccessDeniedException file -> file.getFile() + " is not this user's to use";
            case FileSystemException file when file.getReason() != null ->
                    file.getFile() + ": " + file.getReason();
            default -> message(failure);
        };
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }

    private static boolean saysNothing(Throwable failure, Throwable cause) {
        String message = failure.getMessage();
        return message == null || message.isBlank() || message.equals(cause.toString());
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        if (message != null && !message.isBlank()) {
            return message;
        }
        return switch (failure) {
            case EOFException end -> "the other side ended the connection";
            case ClosedChannelException closed -> "the connection is closed";
            case TimeoutException late -> "there was no answer in time";
            case CancellationException cancelled -> "it was given up";
            default -> "a fault without a message (%s)".formatted(words(failure.getClass()));
        };
    }

    /** {@code NullPointerException} as {@code null pointer}. */
    private static String words(Class<?> type) {
        return type.getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
