package io.waybill.writer.poison;

import io.waybill.wire.failure.Reason;
import io.waybill.wire.files.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Notes in a memory-mapped file of 16 KB. Nothing is synced: the pages outlive the process, which
 * is what counts here, though not the machine.
 *
 * <p>The file begins with a mark and whether the last run closed it; then come slots, each with a
 * state, how many unclean stops in a row found it being handled, and the key's digest. The first
 * slot holds the command at hand; the others hold those that were found at an unclean stop, the
 * suspects. One that is decided without harm is acquitted, and a clean stop forgets them all. The
 * condemned stay, so that one that is delivered again is known; the oldest make room when the slots
 * are full.
 */
public final class NotedCommands implements CommandNotes {

    private static final Logger LOG = LoggerFactory.getLogger(NotedCommands.class);

    private static final int STOPS_TO_CONDEMN = 3;
    private static final long MARK = 0x5742_4e4f_5445_0001L;
    private static final int SLOTS = 255;
    private static final long SLOT_BYTES = 64;
    private static final long FILE_BYTES = (SLOTS + 1) * SLOT_BYTES;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle STATE = INT.varHandle();

    private static final long RUN_AT = Long.BYTES;
    private static final int RUNNING = 1;
    private static final int CLOSED = 0;

    private static final int FREE = 0;
    private static final int HANDLED = 1;
    private static final int SUSPECT = 2;
    private static final int CONDEMNED = 3;
    private static final long STOPS_AT = Integer.BYTES;
    private static final long AGE_AT = 2 * Integer.BYTES;
    private static final long KEY_AT = 4 * Integer.BYTES;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment file;
    private final Map<KeyDigest, Integer> suspects = new HashMap<>();
    private final Set<KeyDigest> condemned = new HashSet<>();

    private int handled = -1;
    private int age;
    private boolean closed;

    private NotedCommands(Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES, arena);
        }
        if (file.get(LONG, 0) != MARK) {
            file.fill((byte) 0);
            file.set(LONG, 0, MARK);
        }
        boolean unclean = (int) STATE.getVolatile(file, RUN_AT) == RUNNING;
        for (int slot = 0; slot < SLOTS; slot++) {
            takeOver(slot, unclean);
        }
        moveOutOfFirstSlot();
        STATE.setVolatile(file, RUN_AT, RUNNING);
    }

    /**
     * Opens the file, making it when missing, and takes from it what the last run left.
     *
     * @throws UncheckedIOException when it cannot be used; the message names it
     */
    public static NotedCommands open(Path path) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                PrivateFiles.makeFolder(folder);
            }
            return new NotedCommands(path);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the file " + path + " cannot be used: " + Reason.of(e), e);
        }
    }

    @Override
    public void note(String key) {
        if (closed) {
            return;
        }
        KeyDigest digest = KeyDigest.of(key);
        handled = suspects.getOrDefault(digest, 0);
        write(handled, digest);
        STATE.setVolatile(file, at(handled), HANDLED);
    }

    @Override
    public void strike() {
        if (closed || handled < 0) {
            return;
        }
        STATE.setVolatile(file, at(handled), handled == 0 ? FREE : SUSPECT);
        handled = -1;
    }

    @Override
    public void acquit(String key) {
        if (closed || suspects.isEmpty()) {
            return;
        }
        Integer slot = suspects.remove(KeyDigest.of(key));
        if (slot != null) {
            free(slot);
        }
    }

    @Override
    public boolean condemned(String key) {
        return !condemned.isEmpty() && condemned.contains(KeyDigest.of(key));
    }

    /** Marks the file as closed and lets go of it. May be called more than once. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            STATE.setVolatile(file, RUN_AT, CLOSED);
            arena.close();
        }
    }

    private void takeOver(int slot, boolean unclean) {
        int state = (int) STATE.getVolatile(file, at(slot));
        int stops = file.get(INT, at(slot) + STOPS_AT);
        if (state == CONDEMNED) {
            condemned.add(key(slot));
        } else if (state != FREE && !unclean) {
            free(slot);
        } else if (state == HANDLED && stops + 1 >= STOPS_TO_CONDEMN) {
            condemned.add(key(slot));
            file.set(INT, at(slot) + STOPS_AT, stops + 1);
            STATE.setVolatile(file, at(slot), CONDEMNED);
            LOG.warn(
                    "the writer died three times in a row while it handled the same command;"
                            + " when that is delivered again it is dead-lettered");
        } else if (state != FREE) {
            file.set(INT, at(slot) + STOPS_AT, state == HANDLED ? stops + 1 : stops);
            STATE.setVolatile(file, at(slot), SUSPECT);
            suspects.put(key(slot), slot);
        }
        age = Math.max(age, file.get(INT, at(slot) + AGE_AT));
    }

    /** Makes room for the command at hand: what was found in its slot moves to one of its own. */
    private void moveOutOfFirstSlot() {
        int state = (int) STATE.getVolatile(file, at(0));
        if (state == FREE) {
            return;
        }
        int slot = roomiest();
        if ((int) STATE.getVolatile(file, at(slot)) != FREE) {
            suspects.remove(key(slot));
            condemned.remove(key(slot));
        }
        MemorySegment.copy(file, at(0), file, at(slot), SLOT_BYTES);
        file.set(INT, at(slot) + AGE_AT, ++age);
        if (state == SUSPECT) {
            suspects.put(key(slot), slot);
        }
        free(0);
    }

    private int roomiest() {
        int best = 1;
        for (int slot = 1; slot < SLOTS; slot++) {
            if ((int) STATE.getVolatile(file, at(slot)) == FREE) {
                return slot;
            }
            if (file.get(INT, at(slot) + AGE_AT) < file.get(INT, at(best) + AGE_AT)) {
                best = slot;
            }
        }
        return best;
    }

    private void free(int slot) {
        file.set(INT, at(slot) + STOPS_AT, 0);
        STATE.setVolatile(file, at(slot), FREE);
    }

    private KeyDigest key(int slot) {
        return new KeyDigest(
                file.get(LONG, at(slot) + KEY_AT), file.get(LONG, at(slot) + KEY_AT + Long.BYTES));
    }

    private void write(int slot, KeyDigest key) {
        file.set(LONG, at(slot) + KEY_AT, key.first());
        file.set(LONG, at(slot) + KEY_AT + Long.BYTES, key.second());
    }

    private static long at(int slot) {
        return (slot + 1) * SLOT_BYTES;
    }
}
