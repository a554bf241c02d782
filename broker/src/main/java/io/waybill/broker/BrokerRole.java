package io.waybill.broker;

import io.waybill.broker.access.AccessRules;
import io.waybill.broker.embedded.EmbeddedBroker;
import io.waybill.broker.embedded.Listeners;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.wire.files.DiskSpace;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The broker as a role of the program. */
public final class BrokerRole implements RunningRole {

    private final BrokerSettings settings;
    private final Credentials credentials;
    private final LongSupplier freeBytes;
    private volatile @Nullable EmbeddedBroker broker;

    /** Sets up the role; {@link #start()} opens its ports. */
    public BrokerRole(BrokerSettings settings, Credentials credentials) {
        this(settings, credentials, () -> freeBytes(settings.folder()));
    }

    BrokerRole(BrokerSettings settings, Credentials credentials, LongSupplier freeBytes) {
        this.settings = settings;
        this.credentials = credentials;
        this.freeBytes = freeBytes;
    }

    private static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Role role() {
        return Role.BROKER;
    }

    /**
     * Starts the broker and returns when both listeners are bound.
     *
     * @throws IllegalStateException when a port is taken or the folder cannot be used; the message
     *     names it
     */
    @Override
    public void start() {
        var access =
                new AccessRules(
                        CommandCatalogue.standard(),
                        credentials,
                        settings.anonymousAllowed(),
                        Clock.systemUTC(),
                        freeBytes);
        var listeners =
                new Listeners(settings.bind(), settings.mqttPort(), settings.webSocketPort());
        broker = EmbeddedBroker.start(settings.folder(), listeners, access);
    }

    /** The port of MQTT over TCP, once started. */
    public int mqttPort() {
        return started().mqttPort();
    }

    /** The port of MQTT over WebSocket, once started. */
    public int webSocketPort() {
        return started().webSocketPort();
    }

    @Override
    public Health health() {
        EmbeddedBroker running = broker;
        if (running == null) {
            return new Health(false, "the broker is not running");
        }
        Health health =
                new Health(
                        true,
                        "listens on %s, MQTT port %d, WebSocket port %d"
                                .formatted(
                                        settings.bind(),
                                        running.mqttPort(),
                                        running.webSocketPort()));
        return diskWarning().map(health::warning).orElse(health);
    }

    private Optional<String> diskWarning() {
        try {
            return new DiskSpace(
                            settings.folder(), freeBytes.getAsLong(), AccessRules.KEPT_FREE_BYTES)
                    .warning();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        EmbeddedBroker running = broker;
        broker = null;
        if (running != null) {
            running.close();
        }
    }

    private EmbeddedBroker started() {
        EmbeddedBroker running = broker;
        if (running == null) {
            throw new IllegalStateException("the broker is not running");
        }
        return running;
    }
}
