package io.waybill.writer;

import io.waybill.writer.saga.SagaSettings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a writer is set up.
 *
 * @param folder where it keeps its notes of commands being handled, and which store it writes to
 * @param broker {@code mqtt://host:port}
 * @param delay how long a command is held after its acceptance; zero in production
 * @param saga how patient orders are
 */
public record WriterSettings(Path folder, URI broker, Duration delay, SagaSettings saga) {

    /** A writer whose orders have the usual patience. */
    public WriterSettings(Path folder, URI broker, Duration delay) {
        this(folder, broker, delay, SagaSettings.usual());
    }
}
