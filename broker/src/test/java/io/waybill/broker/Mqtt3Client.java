package io.waybill.broker;

import com.google.protobuf.ByteString;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of MQTT 3.1.1 for tests: waits for every answer, and keeps what it gets. */
final class Mqtt3Client implements AutoCloseable, MqttCallback {

    private static final long PATIENCE_MILLIS = 30_000;

    private final MqttAsyncClient client;
    private final MqttConnectOptions options = new MqttConnectOptions();
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();

    private Mqtt3Client(MqttAsyncClient client) {
        this.client = client;
        client.setCallback(this);
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setMaxInflight(1_000);
    }

    static Mqtt3Client at(String address, String clientId) {
        try {
            return new Mqtt3Client(new MqttAsyncClient(address, clientId, new MemoryPersistence()));
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    Mqtt3Client as(String user, String password) {
        options.setUserName(user);
        options.setPassword(password.toCharArray());
        return this;
    }

    Mqtt3Client keepingSession() {
        options.setCleanSession(false);
        return this;
    }

    Mqtt3Client withWill(String topic, byte[] payload, boolean retained) {
        options.setWill(topic, payload, 1, retained);
        return this;
    }

    Mqtt3Client connect() {
        try {
            client.connect(options).waitForCompletion(PATIENCE_MILLIS);
            return this;
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    /** Tries to connect; the return code of the refusal. */
    int refusedConnect() {
        try {
            client.connect(options).waitForCompletion(PATIENCE_MILLIS);
            throw new AssertionError("was let in");
        } catch (MqttException e) {
            return e.getReasonCode();
        }
    }

    /** Subscribes with QoS 1; the granted QoS, or 0x80. */
    int subscribe(String filter) {
        try {
            IMqttToken token = client.subscribe(filter, 1);
            token.waitForCompletion(PATIENCE_MILLIS);
            return token.getGrantedQos()[0];
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    /** Publishes, and waits until the broker has acknowledged it as far as its QoS asks for. */
    void publish(String topic, byte[] payload, int qos, boolean retained) {
        try {
            client.publish(topic, payload, qos, retained).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
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

    boolean gotNothing() {
        return received.isEmpty();
    }

    boolean isConnected() {
        return client.isConnected();
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
                client.disconnect().waitForCompletion(PATIENCE_MILLIS);
            }
            client.close();
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        // seen by isConnected
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        received.add(
                new Received(
                        topic,
                        ByteString.copyFrom(message.getPayload()),
                        message.getQos(),
                        message.isRetained(),
                        Optional.empty()));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // tokens are waited for
    }
}
