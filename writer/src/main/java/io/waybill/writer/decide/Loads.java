package io.waybill.writer.decide;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.poison.CommandNotes;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreWatch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Folds aggregates from the log, a bounded number at a time. A store that fails is waited for, and
 * the fold goes on where it was. Used on the pipeline's event loop.
 */
public final class Loads {

    private static final int AT_A_TIME = 64;

    private final EventLoop loop;
    private final CommitLog log;
    private final StoreWatch store;
    private final CommandNotes notes;
    private final Deque<Load> waiting = new ArrayDeque<>();
    private int running;

    /** Loads from a log. */
    public Loads(EventLoop loop, CommitLog log, StoreWatch store, CommandNotes notes) {
        this.loop = loop;
        this.log = log;
        this.store = store;
        this.notes = notes;
    }

    /**
     * Reads a stream on from where it is known.
     *
     * @param noteKey the command that is noted while events are folded for it
     * @param loaded takes the aggregate up to the stream's end
     * @param unfoldable hears of events that cannot be folded
     */
    public void load(
            String stream,
            Folded<?> from,
            String noteKey,
            Consumer<Folded<?>> loaded,
            Consumer<Throwable> unfoldable) {
        waiting.addLast(new Load(stream, from, noteKey, loaded, unfoldable));
        startNext();
    }

    private void startNext() {
        while (running < AT_A_TIME && !waiting.isEmpty()) {
            running++;
            waiting.removeFirst().read();
        }
    }

    private final class Load {

        private final String stream;
        private final String noteKey;
        private final Consumer<Folded<?>> loaded;
        private final Consumer<Throwable> unfoldable;

        private Folded<?> folded;
        private String incarnation;
        private String schema;
        private boolean again;
        private @Nullable Throwable broken;
        private int failures;

        Load(
                String stream,
                Folded<?> from,
                String noteKey,
                Consumer<Folded<?>> loaded,
                Consumer<Throwable> unfoldable) {
            this.stream = stream;
            this.folded = from;
            this.schema = from.snapshotSchema();
            this.noteKey = noteKey;
            this.loaded = loaded;
            this.unfoldable = unfoldable;
            this.incarnation = store.incarnation();
        }

        void read() {
            if (!incarnation.equals(store.incarnation())) {
                incarnation = store.incarnation();
                folded = Folded.initial(folded.type());
            }
            var _ =
                    log.readStream(stream, folded.version(), schema, this::take)
                            .whenComplete(
                                    (nothing, failure) -> loop.execute(() -> completed(failure)));
        }

        private void take(ReadStreamResponse page, Runnable next) {
            loop.execute(
                    () -> {
                        if (page.hasSnapshot()) {
                            begin(page.getSnapshot());
                        } else {
                            fold(page.getCommitsList());
                        }
                        next.run();
                    });
        }

        /** One that cannot be read is passed over: the stream is read without any. */
        private void begin(Snapshot snapshot) {
            folded.from(snapshot)
                    .ifPresentOrElse(
                            begun -> folded = begun,
                            () -> {
                                schema = "";
                                again = true;
                            });
        }

        private void fold(List<Commit> page) {
            if (broken != null || again) {
                return;
            }
            notes.note(noteKey);
            try {
                for (Commit commit : page) {
                    Folded<?> next = folded.after(commit.getEventsList());
                    if (next.version() != commit.getVersion()) {
                        throw new IllegalStateException(
                                "the commit at position %d of stream %s has version %d instead of %d"
                                        .formatted(
                                                commit.getPosition(),
                                                stream,
                                                commit.getVersion(),
                                                next.version()));
                    }
                    folded = next;
                }
            } catch (Exception | Error e) {
                broken = e;
            } finally {
                notes.strike();
            }
        }

        private void completed(@Nullable Throwable failure) {
            Throwable unfolded = broken;
            if (again && failure == null) {
                again = false;
                read();
            } else if (unfolded != null) {
                finish(() -> unfoldable.accept(unfolded));
            } else if (failure != null) {
                failures++;
                store.retry(failures, this::read);
            } else if (!incarnation.equals(store.incarnation())) {
                read();
            } else {
                finish(() -> loaded.accept(folded));
            }
        }

        private void finish(Runnable end) {
            running--;
            end.run();
            startNext();
        }
    }
}
