package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.packets.general.ModifiableUserProperties;
import com.hivemq.extension.sdk.api.packets.general.UserProperty;

import io.waybill.wire.mqtt.Stamp;

/** Waybill's own user properties, which clients neither send nor see. */
final class OwnProperties {

    private OwnProperties() {}

    static void remove(ModifiableUserProperties properties) {
        properties.asList().stream()
                .map(UserProperty::getName)
                .filter(name -> name.startsWith(Stamp.PROPERTY_PREFIX))
                .distinct()
                .toList()
                .forEach(properties::removeName);
    }
}
