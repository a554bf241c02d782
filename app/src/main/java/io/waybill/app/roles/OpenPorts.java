package io.waybill.app.roles;

import java.util.OptionalInt;

/** The ports that an instance has opened; empty where the role is not here. */
public record OpenPorts(
        OptionalInt http,
        OptionalInt mqtt,
        OptionalInt mqttWebSocket,
        OptionalInt database,
        OptionalInt reader,
        OptionalInt management) {}
