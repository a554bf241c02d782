package io.waybill.app.e2e;

import static org.awaitility.Awaitility.await;

import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody else's MQTT 5 client, which hears all it may under {@code #}. */
final class EventListener implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 20_000;

    private record Heard(String topic, MqttMessage message) {}

    private final MqttAsyncClient client;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    EventListener(int port) throws MqttException {
        client =
                new MqttAsyncClient(
                        "tcp://localhost:" + port,
                        "listener-" + UUID.randomUUID(),
                        new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        IMqttMessageListener listener = (topic, message) -> heard.add(new Heard(topic, message));
        client.subscribe(
                        new MqttSubscription[] {new MqttSubscription("#", 1)},
                        null,
                        null,
                        new IMqttMessageListener[] {listener},
                        new MqttProperties())
                .waitForCompletion(PATIENCE_MILLIS);
    }

    /** The topics of the events under a root, in the order heard. */
    List<String> topics(String root) {
        return events(root).stream().map(Heard::topic).toList();
    }

    /** One attribute of the events under a root, in the order heard. */
    List<Long> numbers(String root, String attribute) {
        return events(root).stream()
                .map(
                        event ->
                                event.message().getProperties().getUserProperties().stream()
                                        .filter(pair -> pair.getKey().equals(attribute))
                                        .map(pair -> Long.parseLong(pair.getValue()))
                                        .findFirst()
                                        .orElseThrow())
                .toList();
    }

    /** The first event on a topic, which must come. */
    MqttMessage awaitFirst(String topic) {
        return await().atMost(Restaurant.SOON)
                .until(() -> events(topic), events -> !events.isEmpty())
                .getFirst()
                .message();
    }

    /** The last that was heard on a topic; empty when nothing was. */
    String retained(String topic) {
        return heard.stream()
                .filter(each -> each.topic().equals(topic))
                .reduce((before, after) -> after)
                .map(each -> new String(each.message().getPayload(), StandardCharsets.UTF_8))
                .orElse("");
    }

    private List<Heard> events(String root) {
        return heard.stream()
                .filter(each -> each.topic().startsWith(root))
                .filter(each -> !each.topic().contains("/SEQUENCE/"))
                .toList();
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion(PATIENCE_MILLIS);
        client.close();
    }
}
