package io.waybill.wire.mqtt;

import io.waybill.wire.time.EventLoop;

import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;

import java.time.Duration;

/** Paho's keep-alive on the session's own loop, instead of a timer thread for each connection. */
final class LoopPings implements MqttPingSender {

    private final EventLoop loop;
    private ClientComms comms;
    private EventLoop.Timer next = () -> {};

    @SuppressWarnings("NullAway.Init") // Paho calls init() first.
    LoopPings(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void init(ClientComms clientComms) {
        comms = clientComms;
    }

    @Override
    public void start() {
        schedule(comms.getKeepAlive());
    }

    @Override
    public synchronized void schedule(long millis) {
        next = loop.schedule(Duration.ofMillis(millis), () -> comms.checkForActivity());
    }

    @Override
    public synchronized void stop() {
        next.cancel();
    }
}
