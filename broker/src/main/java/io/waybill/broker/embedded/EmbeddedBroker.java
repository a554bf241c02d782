package io.waybill.broker.embedded;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.client.parameter.Listener;
import com.hivemq.extension.sdk.api.client.parameter.ListenerType;

import io.waybill.broker.access.AccessRules;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.files.PrivateFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running HiveMQ. Its threads are its own; safe for use by many. */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 8;

    private final EmbeddedHiveMQ hiveMq;
    private final int mqttPort;
    private final int webSocketPort;

    private EmbeddedBroker(EmbeddedHiveMQ hiveMq, int mqttPort, int webSocketPort) {
        this.hiveMq = hiveMq;
        this.mqttPort = mqttPort;
        this.webSocketPort = webSocketPort;
    }

    /**
     * Starts a broker and returns when its listeners are bound.
     *
     * @throws IllegalStateException when a port or the folder cannot be had; the message names it
     */
    public static EmbeddedBroker start(Path folder, Listeners listeners, AccessRules access) {
        listeners.requireFree();
        InternalSettings.apply();
        var packetIds = new HiveMqPacketIds();
        var extension = new WaybillExtension(access, packetIds, new HiveMqToldExpiry());
        EmbeddedHiveMQ hiveMq = build(folder, listeners, extension);
        InternalSettings.failClosed();
        // HiveMQ puts one in its place that may end the JVM
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        try {
            await(hiveMq.start(), START_SECONDS);
            packetIds.connect(hiveMq);
            return new EmbeddedBroker(
                    hiveMq,
                    port(extension, ListenerType.TCP_LISTENER),
                    port(extension, ListenerType.WEBSOCKET_LISTENER));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            closeQuietly(hiveMq);
            throw new IllegalStateException(
                    "the broker did not start in folder %s: %s".formatted(folder, Reason.of(e)), e);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
    }

    private static EmbeddedHiveMQ build(
            Path folder, Listeners listeners, WaybillExtension extension) {
        Path configuration = folder.resolve("conf");
        Path data = folder.resolve("data");
        Path extensions = folder.resolve("extensions");
        try {
            ConfigurationFile.write(configuration, listeners);
            PrivateFiles.makeFolder(data);
            PrivateFiles.makeFolder(extensions);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the broker's folder %s cannot be used: %s".formatted(folder, Reason.of(e)), e);
        }
        EmbeddedExtension embedded =
                EmbeddedExtension.builder()
                        .withId("waybill")
                        .withName("Waybill")
                        .withVersion("1")
                        .withExtensionMain(extension)
                        .build();
        return EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(data)
                .withExtensionsFolder(extensions)
                .withEmbeddedExtension(embedded)
                .withoutLoggingBootstrap()
                .build();
    }

    private static int port(WaybillExtension extension, ListenerType type) {
        return extension.server().getListener().stream()
                .filter(listener -> listener.getListenerType() == type)
                .mapToInt(Listener::getPort)
                .filter(port -> port > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("its " + type + " is not bound"));
    }

    /** The port of MQTT over TCP. */
    public int mqttPort() {
        return mqttPort;
    }

    /** The port of MQTT over WebSocket. */
    public int webSocketPort() {
        return webSocketPort;
    }

    /** Stops within a few seconds; sessions and their queues stay in the folder. */
    @Override
    public void close() {
        closeQuietly(hiveMq);
    }

    private static void closeQuietly(EmbeddedHiveMQ hiveMq) {
        try {
            await(
                    CompletableFuture.runAsync(() -> closeNow(hiveMq), Thread::startVirtualThread),
                    STOP_SECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn(
                    "the broker did not stop as it should; what it had stored it finds again: {}",
                    Reason.of(e));
        }
    }

    private static void closeNow(EmbeddedHiveMQ hiveMq) {
        try {
            hiveMq.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(Reason.of(e), e);
        }
    }

    private static void await(CompletableFuture<Void> future, int seconds)
            throws ExecutionException, TimeoutException {
        try {
            future.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
