package io.waybill.database;

import com.google.protobuf.Message;

import io.waybill.database.command.CommandProjection;
import io.waybill.database.contact.ContactProjection;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.projection.Progress;
import io.waybill.database.projection.Projection;
import io.waybill.database.projection.ProjectionRunner;
import io.waybill.database.tail.LogTail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The read models that are kept, each run by itself. */
final class ReadModels implements AutoCloseable {

    private final LogTail tail;
    private final ReadStore store;
    private final Map<String, Progress> progress = new LinkedHashMap<>();
    private final List<ProjectionRunner<?>> runners = new ArrayList<>();
    private final Progress contacts;
    private final Progress commands;

    ReadModels(LogTail tail, ReadStore store) {
        this.tail = tail;
        this.store = store;
        contacts = add(new ContactProjection());
        commands = add(new CommandProjection());
    }

    private <V extends Message> Progress add(Projection<V> projection) {
        Progress own = new Progress();
        progress.put(projection.name(), own);
        runners.add(new ProjectionRunner<>(projection, tail, store, own));
        return own;
    }

    void start() {
        runners.forEach(ProjectionRunner::start);
    }

    Progress contacts() {
        return contacts;
    }

    Progress commands() {
        return commands;
    }

    /** How far each is, by name. */
    Map<String, Progress> progress() {
        return progress;
    }

    @Override
    public void close() {
        runners.forEach(ProjectionRunner::close);
    }
}
