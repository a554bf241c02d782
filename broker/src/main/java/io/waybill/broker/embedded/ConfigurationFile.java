package io.waybill.broker.embedded;

import io.waybill.broker.access.AccessRules;
import io.waybill.wire.files.PrivateFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the broker's configuration anew at every start: nothing in it is for hands to change. */
final class ConfigurationFile {

    /** The largest packet that is read at all. Larger ones end the connection that sent them. */
    static final int MAX_PACKET_BYTES = 4 * 1024 * 1024;

    private static final int MAX_CONNECTIONS = 10_000;

    private ConfigurationFile() {}

    static void write(Path folder, Listeners listeners) throws IOException {
        PrivateFiles.makeFolder(folder);
        Files.writeString(folder.resolve("config.xml"), text(listeners));
    }

    /**
     * Session expiry is capped, and queues are raised, for each session when it connects; what
     * stands here for them is the upper bound of the one and the lower bound of the other.
     */
    private static String text(Listeners listeners) {
        return """
        <?xml version="1.0"?>
        <hivemq>
            <listeners>
                <tcp-listener>
                    <port>%1$d</port>
                    <bind-address>%3$s</bind-address>
                    <name>mqtt</name>
                </tcp-listener>
                <websocket-listener>
                    <port>%2$d</port>
                    <bind-address>%3$s</bind-address>
                    <name>websocket</name>
                    <path>/ws</path>
                    <subprotocols>
                        <subprotocol>mqtt</subprotocol>
                        <subprotocol>mqttv3.1</subprotocol>
                    </subprotocols>
                </websocket-listener>
            </listeners>
            <mqtt>
                <queued-messages>
                    <max-queue-size>1000</max-queue-size>
                    <strategy>discard</strategy>
                </queued-messages>
                <session-expiry>
                    <max-interval>4294967295</max-interval>
                </session-expiry>
                <keep-alive>
                    <max-keep-alive>1200</max-keep-alive>
                    <allow-unlimited>false</allow-unlimited>
                </keep-alive>
                <packets>
                    <max-packet-size>%4$d</max-packet-size>
                </packets>
                <receive-maximum>
                    <server-receive-maximum>65535</server-receive-maximum>
                </receive-maximum>
            </mqtt>
            <restrictions>
                <max-connections>%5$d</max-connections>
                <max-client-id-length>2048</max-client-id-length>
                <max-topic-length>%6$d</max-topic-length>
                <no-connect-idle-timeout>10000</no-connect-idle-timeout>
            </restrictions>
            <anonymous-usage-statistics>
                <enabled>false</enabled>
            </anonymous-usage-statistics>
        </hivemq>
        """
                .formatted(
                        listeners.mqttPort(),
                        listeners.webSocketPort(),
                        escaped(listeners.bind()),
                        MAX_PACKET_BYTES,
                        MAX_CONNECTIONS,
                        AccessRules.TOPIC_CHARACTERS);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
