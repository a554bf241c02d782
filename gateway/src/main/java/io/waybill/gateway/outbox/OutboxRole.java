package io.waybill.gateway.outbox;

import io.waybill.gateway.GatewaySettings;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

/** The outbox with its disk, its queue and its thread: the working part of the gateway role. */
public final class OutboxRole implements RunningRole {

    /** Wires the outbox; {@link #start()} opens it. */
    public OutboxRole(GatewaySettings settings, Credentials credentials, ReaderClient reader) {
        throw new UnsupportedOperationException("" + settings + credentials + reader);
    }

    /** The outbox: usable once started. */
    public Outbox outbox() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Role role() {
        return Role.GATEWAY;
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Health health() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
