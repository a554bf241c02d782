package io.waybill.writer.decide;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.StoreWatch;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks up what is recorded for a command that is to be undone. A store that fails is waited for.
 * Used on the pipeline's event loop.
 */
public final class Undone {

    private final EventLoop loop;
    private final CommitLog log;
    private final StoreWatch store;

    /** Looks in a log. */
    public Undone(EventLoop loop, CommitLog log, StoreWatch store) {
        this.loop = loop;
        this.log = log;
        this.store = store;
    }

    /**
     * Looks one up.
     *
     * @param found takes its commit, with its events; empty when nothing is recorded
     */
    public void find(CommandIdentity command, Consumer<Optional<Commit>> found) {
        find(command, found, 0);
    }

    private void find(CommandIdentity command, Consumer<Optional<Commit>> found, int failures) {
        var _ =
                log.find(command)
                        .whenComplete(
                                (commit, failure) ->
                                        loop.execute(
                                                () -> answered(command, found, commit, failures)));
    }

    private void answered(
            CommandIdentity command,
            Consumer<Optional<Commit>> found,
            @Nullable Optional<Commit> commit,
            int failures) {
        if (commit == null) {
            store.retry(failures + 1, () -> find(command, found, failures + 1));
        } else {
            found.accept(commit);
        }
    }
}
