package io.waybill.gateway.standin;

import io.waybill.gateway.DoorSettings;
import io.waybill.gateway.StandInDoor;
import io.waybill.gateway.event.Changes;
import io.waybill.gateway.graphql.sse.StreamLimits;
import io.waybill.gateway.rest.RestPorts;
import io.waybill.gateway.subscription.SocketLimits;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.ThreadEventLoop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The real HTTP server with the real door, over contacts and commands in memory, on a free port.
 */
public final class StandInGateway implements AutoCloseable {

    /** A token that is known, and whose it is. */
    public static final String TOKEN = "ada-token";

    public static final Principal ADA = new Principal("ada");

    private final StandInContacts contacts = new StandInContacts();
    private final StandInCommands commands = new StandInCommands();
    private final ThreadEventLoop loop = new ThreadEventLoop("stand-in-events");
    private final Changes changes = new Changes(loop, contacts, Runnable::run);
    private final ConfigurableApplicationContext context;

    private StandInGateway(DoorSettings settings, int port) {
        SpringApplication application = new SpringApplication(StandInDoor.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port", port,
                        "server.address", "127.0.0.1",
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "WARN"));
        application.addInitializers(
                context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("contacts", contacts);
                    beans.registerSingleton("commands", commands);
                    beans.registerSingleton("changes", changes);
                    beans.registerSingleton("doorSettings", settings);
                    beans.registerSingleton(
                            "restPorts",
                            new RestPorts(
                                    contacts, commands, commands, stream -> Optional.empty()));
                });
        context = application.run();
    }

    public static StandInGateway start() {
        return start(settings(SocketLimits.STANDARD, Duration.ofSeconds(5)));
    }

    public static StandInGateway start(DoorSettings settings) {
        return new StandInGateway(settings, 0);
    }

    public static DoorSettings settings(SocketLimits sockets, Duration requestLimit) {
        return new DoorSettings(
                "127.0.0.1",
                Set.of("waybill.example"),
                256 * 1024,
                requestLimit,
                requestLimit,
                sockets,
                StreamLimits.STANDARD,
                "EUR");
    }

    /** Settings that allow event streams within these limits. */
    public static DoorSettings settings(StreamLimits streams) {
        DoorSettings usual = settings(SocketLimits.STANDARD, Duration.ofSeconds(5));
        return new DoorSettings(
                usual.bound(),
                usual.allowedHosts(),
                usual.bodyBytes(),
                usual.requestLimit(),
                usual.longestWait(),
                usual.sockets(),
                streams,
                usual.currency());
    }

    public StandInContacts contacts() {
        return contacts;
    }

    public StandInCommands commands() {
        return commands;
    }

    public Changes changes() {
        return changes;
    }

    /** A part of it. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        context.close();
        loop.close();
    }

    private void decideAll() {
        commands.submitted()
                .forEach(
                        command ->
                                commands.decide(
                                        command.principal(),
                                        command.accepted().commandId(),
                                        OutcomeKind.OUTCOME_KIND_APPLIED,
                                        ""));
        commands.submitted().clear();
    }

    /**
     * Runs it by hand, with fifty contacts, on the port given; what is submitted is decided within
     * seconds.
     */
    public static void main(String[] arguments) {
        StandInGateway gateway =
                new StandInGateway(
                        settings(SocketLimits.STANDARD, Duration.ofSeconds(5)),
                        Integer.parseInt(arguments[0]));
        gateway.contacts().forgetCalls();
        for (int i = 0; i < 50; i++) {
            gateway.contacts().put("0190a6e2-7b7c-7d3a-8f5e-%012d".formatted(i), "Contact " + i);
        }
        var _ =
                Executors.newSingleThreadScheduledExecutor()
                        .scheduleWithFixedDelay(gateway::decideAll, 3, 3, TimeUnit.SECONDS);
        System.out.println("ready at " + gateway.at("/"));
    }
}
