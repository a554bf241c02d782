package io.waybill.broker.access;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.interceptor.connack.parameter.ConnackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.connack.parameter.ConnackOutboundOutput;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.services.Services;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.wire.identity.Credentials;

import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Puts the rules of this package where the broker asks for them. */
public final class AccessRules {

    /** With less than this free on the broker's disk, clients are refused. */
    public static final long KEPT_FREE_BYTES = DiskRoom.LOW_WATER_BYTES;

    /** The longest topic that the rules reckon with: what the broker is to be set up for. */
    public static final int TOPIC_CHARACTERS = TopicRules.TOPIC_CHARACTERS;

    private final TopicRules topics;
    private final Stamping stamping;
    private final Admission admission;
    private final DiskRoom room;

    /**
     * Rules for the commands of a catalogue.
     *
     * @param freeBytes how many bytes may still be written to the broker's disk; fails with {@link
     *     java.io.UncheckedIOException} when that cannot be told
     */
    public AccessRules(
            CommandCatalogue catalogue,
            Credentials credentials,
            boolean anonymousAllowed,
            Clock clock,
            LongSupplier freeBytes) {
        this.topics = new TopicRules(catalogue);
        this.stamping = new Stamping(clock);
        this.admission = new Admission(credentials, anonymousAllowed, topics);
        this.room = new DiskRoom(freeBytes, System::nanoTime);
    }

    /**
     * Installs the rules. To be called while the broker starts, on the thread that starts
     * extensions.
     */
    public void install(ReceivedPacketIds packetIds, ToldExpiry expiry) {
        TakeOver takeOver = new TakeOver(Services.publishService());
        ConnectRules connectRules = new ConnectRules(expiry);
        SubscriptionRule subscriptionRule = new SubscriptionRule(topics);
        Services.interceptorRegistry().setConnectInboundInterceptorProvider(input -> connectRules);
        Services.interceptorRegistry()
                .setConnackOutboundInterceptorProvider(input -> AccessRules::showGivenId);
        Services.securityRegistry().setAuthenticatorProvider(input -> admission);
        Services.securityRegistry().setAuthorizerProvider(input -> subscriptionRule);
        Services.initializerRegistry()
                .setClientInitializer(
                        (input, client) -> initialize(input, client, takeOver, packetIds));
    }

    private void initialize(
            InitializerInput input,
            ClientContext client,
            TakeOver takeOver,
            ReceivedPacketIds packetIds) {
        Optional<SessionOwner> owner = SessionOwner.of(input.getClientInformation().getClientId());
        if (owner.isEmpty()) {
            throw new IllegalStateException("a session that is nobody's was let in");
        }
        boolean mqtt5 = input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5;
        client.addPublishInboundInterceptor(
                new Ingress(owner.get(), mqtt5, topics, stamping, takeOver, packetIds, room));
        if (owner.get() instanceof SessionOwner.Client known) {
            client.addPublishOutboundInterceptor(new Egress(known, topics));
            client.addDisconnectInboundInterceptor(new DisconnectRule());
        }
    }

    /** A client that is given an id by the broker hears it without its principal's name. */
    private static void showGivenId(ConnackOutboundInput input, ConnackOutboundOutput output) {
        output.getConnackPacket()
                .getAssignedClientIdentifier()
                .ifPresent(
                        id ->
                                output.getConnackPacket()
                                        .setAssignedClientIdentifier(SessionOwner.givenId(id)));
    }
}
