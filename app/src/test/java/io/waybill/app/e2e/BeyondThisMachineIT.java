package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.ListContactsRequest;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Who listens beyond this machine has users, and takes nothing from anybody else, at any door. */
class BeyondThisMachineIT {

    private static final String MUTATION =
            "{\"query\": \"mutation { addContact(name: \\\"Ada\\\") { status } }\"}";

    private static RunningWaybill waybill;

    @BeforeAll
    static void start_with_a_user() throws Exception {
        Path folder = Folders.fresh("beyond");
        Path credentials = Files.createDirectories(folder.resolve("data").resolve("credentials"));
        Files.writeString(
                credentials.resolve("principals.json"),
                "{\"ada\": {\"token\": \"a-long-token\", \"password\": \"a-long-password\"}}");
        waybill = RunningWaybill.start(folder, "--bind=0.0.0.0", "--delay=0");
    }

    @AfterAll
    static void stop() {
        assertThat(waybill.terminate()).as(waybill.output()).isZero();
        waybill.close();
    }

    @Test
    void graphql_needs_a_token_and_the_pages_do_not() throws Exception {
        assertThat(post("").statusCode()).isEqualTo(401);
        assertThat(post("Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(post("Bearer a-long-token").body()).contains("\"OK\"");
        assertThat(waybill.graphQl().get("/").statusCode()).isEqualTo(200);
        assertThat(waybill.graphQl().get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(waybill.graphQl().get("/actuator/metrics").statusCode()).isEqualTo(401);
        assertThat(waybill.graphQl().get("/graphql?query=%7B__typename%7D").statusCode())
                .isEqualTo(401);
        assertThat(waybill.graphQl().get("/?query=%7B__typename%7D").statusCode()).isEqualTo(401);
    }

    @Test
    void a_subscription_needs_a_token() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket.Listener listener =
                new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onClose(
                            WebSocket socket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                };
        WebSocket socket =
                GraphQl.http()
                        .newWebSocketBuilder()
                        .subprotocols("graphql-transport-ws")
                        .buildAsync(waybill.graphQl().uri("ws", "/graphql"), listener)
                        .get(20, TimeUnit.SECONDS);
        socket.sendText("{\"type\": \"connection_init\"}", true).get(20, TimeUnit.SECONDS);

        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(4401);
        socket.abort();
    }

    @Test
    void mqtt_needs_a_password() throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        MqttClient client =
                new MqttClient(
                        "tcp://localhost:" + waybill.mqtt(), "somebody", new MemoryPersistence());

        assertThatThrownBy(() -> client.connect(options)).isInstanceOf(MqttException.class);
        options.setUserName("ada");
        options.setPassword("a-long-password".toCharArray());
        client.connect(options);

        assertThat(client.isConnected()).isTrue();
        client.disconnect();
        client.close();
    }

    @Test
    void grpc_needs_a_token() {
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress("localhost", waybill.reader())
                        .usePlaintext()
                        .build();
        try {
            ContactReaderGrpc.ContactReaderBlockingStub reader =
                    ContactReaderGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(Duration.ofSeconds(20));
            ListContactsRequest request = ListContactsRequest.newBuilder().setFirst(1).build();
            Metadata token = new Metadata();
            token.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                    "Bearer a-long-token");

            assertThatThrownBy(() -> reader.listContacts(request))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failure ->
                                    assertThat(failure.getStatus().getCode())
                                            .isEqualTo(Status.Code.UNAUTHENTICATED));
            assertThat(
                            reader.withInterceptors(
                                            MetadataUtils.newAttachHeadersInterceptor(token))
                                    .listContacts(request))
                    .isNotNull();
        } finally {
            channel.shutdownNow();
        }
    }

    private static HttpResponse<String> post(String authorization) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(waybill.graphQl().uri("http", "/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(MUTATION));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return GraphQl.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
