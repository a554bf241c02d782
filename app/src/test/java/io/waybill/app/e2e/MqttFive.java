package io.waybill.app.e2e;

import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody else's MQTT 5 client, which asks for outcomes on a response topic of its own. */
final class MqttFive implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 20_000;

    private final MqttAsyncClient client;
    private final String replies;
    private final BlockingQueue<MqttMessage> outcomes = new LinkedBlockingQueue<>();

    MqttFive(int port) throws MqttException {
        this(port, "replies/" + UUID.randomUUID());
    }

    /** One that asks for its outcomes on a topic. */
    MqttFive(int port, String replies) throws MqttException {
        this.replies = replies;
        client =
                new MqttAsyncClient(
                        "tcp://localhost:" + port,
                        "client-" + UUID.randomUUID(),
                        new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        IMqttMessageListener listener = (topic, message) -> outcomes.add(message);
        client.subscribe(
                        new MqttSubscription[] {new MqttSubscription(replies, 1)},
                        null,
                        null,
                        new IMqttMessageListener[] {listener},
                        new MqttProperties())
                .waitForCompletion(PATIENCE_MILLIS);
    }

    /** A command that asks for its outcome. */
    MqttMessage command(byte[] payload, int qos) {
        MqttMessage message = new MqttMessage(payload);
        message.setQos(qos);
        message.setProperties(new MqttProperties());
        message.getProperties().setResponseTopic(replies);
        return message;
    }

    /** Publishes and returns the reason code of the broker's acknowledgement; 0 for QoS 0. */
    int publish(String topic, MqttMessage message) throws MqttException {
        IMqttToken token = client.publish(topic, message, null, null);
        try {
            token.waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    /** The next outcome. */
    MqttMessage outcome() throws InterruptedException {
        MqttMessage outcome = outcomes.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (outcome == null) {
            throw new AssertionError("no outcome within " + Duration.ofMillis(PATIENCE_MILLIS));
        }
        return outcome;
    }

    boolean connected() {
        return client.isConnected();
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect().waitForCompletion(PATIENCE_MILLIS);
        }
        client.close();
    }
}
