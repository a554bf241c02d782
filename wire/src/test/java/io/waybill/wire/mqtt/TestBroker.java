package io.waybill.wire.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.client.parameter.ServerInformation;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A real broker that lets everybody but {@code intruder} do everything but subscribe to {@code
 * forbidden}, and refuses payloads on {@code refused/...} with a reason. Sessions stay in its
 * folder.
 */
final class TestBroker implements AutoCloseable {

    private final EmbeddedHiveMQ hiveMq;
    private final int port;

    private TestBroker(EmbeddedHiveMQ hiveMq, int port) {
        this.hiveMq = hiveMq;
        this.port = port;
    }

    /** Starts a broker on a port; 0 takes a free one. */
    static TestBroker start(Path folder, int port) throws Exception {
        return start(folder, port, 65_535);
    }

    static TestBroker start(Path folder, int port, int receiveMaximum) throws Exception {
        Path configuration = folder.resolve("conf");
        write(configuration, port, receiveMaximum);
        com.hivemq.configuration.service.InternalConfigurations
                .PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC
                .set(50);
        com.hivemq.configuration.service.InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES =
                10_000;
        var refusing = new Refusing();
        EmbeddedHiveMQ hiveMq =
                EmbeddedHiveMQ.builder()
                        .withConfigurationFolder(configuration)
                        .withDataFolder(Files.createDirectories(folder.resolve("data")))
                        .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                        .withEmbeddedExtension(
                                EmbeddedExtension.builder()
                                        .withId("test")
                                        .withName("Test")
                                        .withVersion("1")
                                        .withExtensionMain(refusing)
                                        .build())
                        .withoutLoggingBootstrap()
                        .build();
        hiveMq.start().get(60, TimeUnit.SECONDS);
        return new TestBroker(hiveMq, refusing.port());
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws ExecutionException {
        try {
            hiveMq.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Path folder, int port, int receiveMaximum) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("config.xml"),
                """
                <?xml version="1.0"?>
                <hivemq>
                    <listeners>
                        <tcp-listener>
                            <port>%d</port>
                            <bind-address>127.0.0.1</bind-address>
                        </tcp-listener>
                    </listeners>
                    <mqtt>
                        <queued-messages>
                            <max-queue-size>200000</max-queue-size>
                        </queued-messages>
                        <packets>
                            <max-packet-size>100000</max-packet-size>
                        </packets>
                        <receive-maximum>
                            <server-receive-maximum>%d</server-receive-maximum>
                        </receive-maximum>
                    </mqtt>
                    <anonymous-usage-statistics>
                        <enabled>false</enabled>
                    </anonymous-usage-statistics>
                </hivemq>
                """
                        .formatted(port, receiveMaximum));
    }

    private static final class Refusing implements ExtensionMain {

        private volatile @Nullable ServerInformation server;

        int port() {
            return Objects.requireNonNull(server).getListener().iterator().next().getPort();
        }

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            server = input.getServerInformation();
            SimpleAuthenticator doorkeeper =
                    (connect, answer) -> {
                        if (connect.getConnectPacket()
                                .getUserName()
                                .equals(Optional.of("intruder"))) {
                            answer.failAuthentication(
                                    ConnackReasonCode.NOT_AUTHORIZED, "not known");
                        } else {
                            answer.authenticateSuccessfully();
                        }
                    };
            SubscriptionAuthorizer keeper =
                    (subscribe, answer) -> {
                        if (subscribe.getSubscription().getTopicFilter().equals("forbidden")) {
                            answer.failAuthorization(SubackReasonCode.NOT_AUTHORIZED);
                        } else {
                            answer.authorizeSuccessfully();
                        }
                    };
            Services.securityRegistry().setAuthenticatorProvider(ignored -> doorkeeper);
            Services.securityRegistry().setAuthorizerProvider(ignored -> keeper);
            Services.initializerRegistry()
                    .setClientInitializer(
                            (client, context) ->
                                    context.addPublishInboundInterceptor(
                                            (publish, answer) -> {
                                                if (publish.getPublishPacket()
                                                        .getTopic()
                                                        .startsWith("refused/")) {
                                                    answer.preventPublishDelivery(
                                                            AckReasonCode.PAYLOAD_FORMAT_INVALID,
                                                            "name is missing");
                                                }
                                            }));
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
    }
}
