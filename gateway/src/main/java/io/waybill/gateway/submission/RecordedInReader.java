package io.waybill.gateway.submission;

import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.wire.identity.Principal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is recorded, as the reader knows it within half a second. */
public final class RecordedInReader implements Recorded {

    private static final Duration QUICKLY = Duration.ofMillis(500);

    private final ReaderClient reader;

    /** Asks this reader. */
    public RecordedInReader(ReaderClient reader) {
        this.reader = reader.within(QUICKLY);
    }

    @Override
    public CompletableFuture<Optional<CommandView>> command(Principal principal, String commandId) {
        return reader.command(principal, commandId, Duration.ZERO, true);
    }

    @Override
    public CompletableFuture<Boolean> exists(Principal principal, String aggregate, String id) {
        ViewKind kind = ViewKind.valueOf(aggregate.toUpperCase(Locale.ROOT));
        return reader.ask(
                        principal, kind.method(), kind.request(List.of(id)), new Freshness.LogEnd())
                .thenApply(found -> !ViewKind.views(found).isEmpty());
    }
}
