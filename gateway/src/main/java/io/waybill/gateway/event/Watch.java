package io.waybill.gateway.event;

import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.reading.ViewKind;

import java.util.List;
import java.util.Optional;

/** One watching. Compared by identity. */
final class Watch implements ViewChanges.Watching {

    private final ViewKind kind;
    private final Optional<String> id;
    private final ViewChanges.Watcher watcher;
    private final Changes changes;

    Watch(ViewKind kind, Optional<String> id, ViewChanges.Watcher watcher, Changes changes) {
        this.kind = kind;
        this.id = id;
        this.watcher = watcher;
        this.changes = changes;
    }

    ViewKind kind() {
        return kind;
    }

    Optional<String> id() {
        return id;
    }

    ViewChanges.Watcher watcher() {
        return watcher;
    }

    @Override
    public void tell(List<String> ids) {
        changes.tell(kind, ids);
    }

    @Override
    public void close() {
        changes.closed(this);
    }
}
