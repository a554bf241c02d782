package io.waybill.app.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * What is wrong with a file or folder, in words: the exceptions themselves often give its name
 * alone.
 */
public final class FileTrouble {

    private FileTrouble() {}

    /**
     * The end of a sentence that says why a file or folder cannot be used, without its full stop.
     */
    public static String reason(IOException failure) {
        return switch (failure) {
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case AccessDeniedException file -> file.getFile() + " is not this user's to write";
            case NoSuchFileException file -> file.getFile() + " cannot be made there";
            case FileSystemException file when file.getReason() != null ->
                    file.getFile() + ": " + file.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
