package io.waybill.writer;

import io.waybill.wire.role.RunningRole.Health;

import java.util.Optional;

/** How a running writer is: what it can do now, and what it warns of though it goes on. */
final class WriterHealth {

    private WriterHealth() {}

    /**
     * From what its parts say.
     *
     * @param queue how the session with the broker is
     * @param untold why no events are told, if so: commands are decided all the same
     */
    static Health of(PipelineStatus status, String queue, Optional<String> untold) {
        Health decides = decides(status, queue);
        return untold.map(why -> decides.warning("no events are told now: " + why)).orElse(decides);
    }

    private static Health decides(PipelineStatus status, String queue) {
        if (status.stopped().isPresent()) {
            return new Health(false, "stopped: " + status.stopped().get());
        }
        String holds =
                "holds %d commands, %d of them on their way to the log"
                        .formatted(status.held(), status.appending());
        if (!status.queueConnected()) {
            return new Health(false, "the queue: " + queue + "; " + holds);
        }
        if (!status.storeReachable()) {
            return new Health(false, "waits for the database; " + holds);
        }
        if (status.trouble().isPresent()) {
            return new Health(false, "appends again: " + status.trouble().get() + "; " + holds);
        }
        return new Health(true, holds);
    }
}
