package io.waybill.app.roles;

import io.waybill.app.settings.FileTrouble;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;
import io.waybill.wire.files.PrivateFiles;
import io.waybill.wire.identity.Role;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The data folder, held by this process: one lock file for each role that keeps something there.
 * The operating system lets go of the locks when the process ends, however it ends. Several
 * processes may share a folder when they run different roles.
 */
final class DataFolder implements AutoCloseable {

    /** The reader owns nothing on disk: many may run. */
    private static final Set<Role> OWNERS =
            EnumSet.of(Role.BROKER, Role.DATABASE, Role.WRITER, Role.GATEWAY);

    /** Those that use the storage engine; the broker's own persistence does too. */
    private static final Set<Role> STORES = EnumSet.of(Role.BROKER, Role.DATABASE, Role.GATEWAY);

    private final UpSettings settings;
    private final Deque<FileChannel> locks = new ArrayDeque<>();

    private DataFolder(UpSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes the folder, making it when it is missing.
     *
     * @throws Refusal when it cannot be used, or another process has it
     */
    static DataFolder take(UpSettings settings) {
        DataFolder taken = new DataFolder(settings);
        try {
            PrivateFiles.makeFolder(settings.data());
            for (Role role : settings.roles()) {
                if (OWNERS.contains(role)) {
                    PrivateFiles.makeFolder(settings.folder(role));
                    taken.lock(role);
                }
            }
            return taken;
        } catch (IOException e) {
            taken.close();
            throw Refusal.cannotRun(
                    "the data folder "
                            + settings.data()
                            + " cannot be used: "
                            + FileTrouble.reason(e)
                            + ".");
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /**
     * Where this process, and no other, may unpack the native code of the storage engine; empty
     * when none of its roles needs that.
     */
    Optional<Path> forNativeCode() {
        return STORES.stream()
                .filter(settings::runs)
                .findFirst()
                .map(role -> settings.data().resolve(role.label() + ".native"));
    }

    /** Lets go of the locks. */
    @Override
    public void close() {
        while (!locks.isEmpty()) {
            try {
                locks.pop().close();
            } catch (IOException e) {
                // The lock goes with the process at the latest.
            }
        }
    }

    private void lock(Role role) throws IOException {
        Path file = settings.data().resolve(role.label() + ".lock");
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        locks.push(channel);
        if (tryLock(channel) == null) {
            throw Refusal.cannotRun(
                    "the data folder %s is in use: its %s runs as process %s."
                            .formatted(settings.data(), role.label(), holder(channel)));
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Held by this very process.
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = StandardCharsets.US_ASCII.decode(pid.flip()).toString().strip();
        return text.isEmpty() ? "(unknown)" : text;
    }
}
