package io.waybill.broker;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A client of MQTT 5 for tests: waits for every answer, and keeps what it gets. */
final class Mqtt5Client implements AutoCloseable, MqttCallback {

    private static final int PATIENCE_MILLIS = 30_000;

    /** What the broker answered; the reason is empty where it gave none. */
    record Answer(int code, String reason) {}

    private final MqttAsyncClient client;
    private final MqttConnectionOptions options = new MqttConnectionOptions();
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicReference<Optional<Answer>> lastWord =
            new AtomicReference<>(Optional.empty());
    private final List<UserProperty> userProperties = new ArrayList<>();
    private MqttProperties next = new MqttProperties();
    private @Nullable IMqttToken connected;

    private Mqtt5Client(MqttAsyncClient client) {
        this.client = client;
        client.setCallback(this);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(0L);
        options.setReceiveMaximum(65_535);
        options.setAutomaticReconnect(false);
        if (client.getServerURI().startsWith("ws:")) {
            options.setSocketFactory(new PatientSockets(PATIENCE_MILLIS));
        }
    }

    static Mqtt5Client at(String address, String clientId) {
        try {
            return new Mqtt5Client(new MqttAsyncClient(address, clientId, new MemoryPersistence()));
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    Mqtt5Client as(String user, String password) {
        options.setUserName(user);
        options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Mqtt5Client keepingSession(long seconds) {
        options.setSessionExpiryInterval(seconds);
        return this;
    }

    Mqtt5Client startingClean() {
        options.setCleanStart(true);
        return this;
    }

    /** Acknowledges nothing that it gets. */
    Mqtt5Client keepingAll() {
        client.setManualAcks(true);
        return this;
    }

    Mqtt5Client withWill(String topic, MqttMessage will) {
        options.setWill(topic, will);
        options.setWillMessageProperties(will.getProperties());
        return this;
    }

    Mqtt5Client connect() {
        try {
            IMqttToken token = client.connect(options);
            token.waitForCompletion(PATIENCE_MILLIS);
            connected = token;
            return this;
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    boolean sessionPresent() {
        return Objects.requireNonNull(connected).getSessionPresent();
    }

    MqttProperties connack() {
        return Objects.requireNonNull(connected).getResponseProperties();
    }

    Mqtt5Client subscribed(String... filters) {
        for (String filter : filters) {
            Answer answer = subscribe(filter);
            if (answer.code() >= 0x80) {
                throw new AssertionError(filter + ": " + answer);
            }
        }
        return this;
    }

    Answer subscribe(String filter) {
        try {
            IMqttToken token = client.subscribe(filter, 2);
            try {
                token.waitForCompletion(PATIENCE_MILLIS);
            } catch (MqttException e) {
                return new Answer(refusalCode(e), reason(token));
            }
            return new Answer(token.getReasonCodes()[0], reason(token));
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    Mqtt5Client answeredOn(String responseTopic) {
        next.setResponseTopic(responseTopic);
        return this;
    }

    Mqtt5Client correlatedBy(byte[] correlation) {
        next.setCorrelationData(correlation);
        return this;
    }

    Mqtt5Client ofType(String contentType) {
        next.setContentType(contentType);
        return this;
    }

    Mqtt5Client saying(String name, String value) {
        userProperties.add(new UserProperty(name, value));
        return this;
    }

    Mqtt5Client expiringIn(long seconds) {
        next.setMessageExpiryInterval(seconds);
        return this;
    }

    Answer publish(String topic, String payload, int qos) {
        return publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    Answer publish(String topic, byte[] payload, int qos, boolean retained) {
        next.setUserProperties(List.copyOf(userProperties));
        MqttMessage message = new MqttMessage(payload, qos, retained, next);
        next = new MqttProperties();
        userProperties.clear();
        try {
            IMqttToken token = client.publish(topic, message);
            token.waitForCompletion(PATIENCE_MILLIS);
            int[] codes = token.getReasonCodes();
            return new Answer(codes == null || codes.length == 0 ? 0 : codes[0], reason(token));
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    /** Publishes and goes on; a later one that is waited for has this one before it. */
    void publishWithoutWaiting(String topic, String payload, int qos) {
        try {
            IMqttToken _ =
                    client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    private static int refusalCode(MqttException failure) {
        if (failure.getReasonCode() < 0x80 || failure.getReasonCode() > 0xff) {
            throw new AssertionError(failure);
        }
        return failure.getReasonCode();
    }

    Received next() {
        try {
            Received message = received.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("nothing came");
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether nothing has come; ask after something that was sent later has come. */
    boolean gotNothing() {
        return received.isEmpty();
    }

    boolean isConnected() {
        return client.isConnected();
    }

    /** How the broker ended the connection, if it did. */
    Optional<Answer> lastWord() {
        return lastWord.get();
    }

    /** Goes away; the session stays as long as was asked for. */
    void disconnect() {
        try {
            client.disconnect().waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    /** Goes away, and asks that the session be kept for so long. */
    void disconnectKeepingSession(long seconds) {
        MqttProperties properties = new MqttProperties();
        properties.setSessionExpiryInterval(seconds);
        try {
            client.disconnect(0, null, null, 0, properties).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    int count() {
        return received.size();
    }

    /** Goes away without a word, so that the will is published. */
    void drop() {
        try {
            client.disconnectForcibly(0, 1, false);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                disconnect();
            }
            client.close(true);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    private static String reason(IMqttToken token) {
        return Optional.ofNullable(token.getResponseProperties())
                .map(MqttProperties::getReasonString)
                .orElse("");
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        lastWord.set(
                Optional.of(
                        new Answer(
                                response.getReturnCode(),
                                String.valueOf(response.getReasonString()))));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // seen by whoever waits for a token
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        received.add(Received.of(topic, message));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // tokens are waited for
    }

    @Override
    public void connectComplete(boolean reconnect, String uri) {
        // tokens are waited for
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // no such authentication
    }
}
