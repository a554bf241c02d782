package io.waybill.broker.embedded;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.client.parameter.ServerInformation;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;

import io.waybill.broker.access.AccessRules;
import io.waybill.broker.access.ReceivedPacketIds;
import io.waybill.broker.access.ToldExpiry;

import org.jspecify.annotations.Nullable;

/** Where HiveMQ calls Waybill: installs the access rules before the listeners are opened. */
final class WaybillExtension implements ExtensionMain {

    private final AccessRules access;
    private final ReceivedPacketIds packetIds;
    private final ToldExpiry expiry;
    private volatile @Nullable ServerInformation server;

    WaybillExtension(AccessRules access, ReceivedPacketIds packetIds, ToldExpiry expiry) {
        this.access = access;
        this.packetIds = packetIds;
        this.expiry = expiry;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        try {
            access.install(packetIds, expiry);
            server = input.getServerInformation();
        } catch (RuntimeException e) {
            output.preventExtensionStartup(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // nothing is held
    }

    /**
     * What the broker says of itself, once it has started.
     *
     * @throws IllegalStateException when it started without this extension, and so without rules
     */
    ServerInformation server() {
        ServerInformation known = server;
        if (known == null) {
            throw new IllegalStateException("it started without Waybill's rules");
        }
        return known;
    }
}
