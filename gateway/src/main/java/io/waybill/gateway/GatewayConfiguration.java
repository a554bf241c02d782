package io.waybill.gateway;

import com.google.protobuf.Message;

import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.waybill.gateway.event.Events;
import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.follow.Commands;
import io.waybill.gateway.follow.Follower;
import io.waybill.gateway.follow.Following;
import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.outbox.OutboxRole;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ReaderClient;
import io.waybill.gateway.reading.ReaderWatch;
import io.waybill.gateway.rest.RestPorts;
import io.waybill.gateway.submission.RecordedInReader;
import io.waybill.gateway.submission.Submissions;
import io.waybill.gateway.web.Tokens;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Principal;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The gateway role, to be imported by an application on a servlet container.
 *
 * <p>It needs three beans: {@link GatewaySettings}, {@link Credentials}, and the {@link
 * ManagedChannel} to the reader, named {@code readerChannel}. It relies on the auto-configuration
 * of {@code spring-boot-starter-webmvc} (Tomcat with its WebSocket, the dispatcher) and of {@code
 * spring-boot-starter-actuator}; GraphQL and WebSocket are set up here and need no
 * auto-configuration. The application sets {@code server.port} and {@code server.address}; {@code
 * waybill.allowed-hosts} names further hosts that are answered to.
 *
 * <p>It offers a {@link io.waybill.wire.role.RunningRole} bean, the {@link OutboxRole}, which is
 * started with the context: what the outbox holds is recovered before the first request is taken. A
 * {@link ReaderWatch} bean says whether reads are answered, too. When the context closes, the
 * server stops taking requests first.
 */
@Configuration(proxyBeanMethods = false)
@Import(DoorConfiguration.class)
public class GatewayConfiguration {

    @Bean
    ReaderClient readerClient(
            @Qualifier("readerChannel") ManagedChannel channel, GatewaySettings settings) {
        return new ReaderClient(channel, settings.delay());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    OutboxRole gatewayRole(GatewaySettings settings, Credentials credentials, ReaderClient reader) {
        return new OutboxRole(
                settings.folder(), settings.broker(), settings.delay(), credentials, reader);
    }

    @Bean(initMethod = "start")
    ReaderWatch readerWatch(OutboxRole role, ReaderClient reader) {
        return new ReaderWatch(reader, role.loop());
    }

    /** Virtual threads: what runs on them may wait. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService gatewayThreads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway").factory());
    }

    @Bean
    Submissions submissions(
            OutboxRole role,
            ReaderClient reader,
            @Qualifier("gatewayThreads") ExecutorService gatewayThreads) {
        return new Submissions(
                role.outbox(),
                new RecordedInReader(reader),
                InstantSource.system(),
                gatewayThreads);
    }

    @Bean
    Commands commands(
            OutboxRole role,
            ReaderClient reader,
            @Qualifier("gatewayThreads") ExecutorService gatewayThreads) {
        return new Commands(role.outbox(), reader, role.loop(), gatewayThreads);
    }

    @Bean
    ViewReads viewReads(
            ReaderClient reader, @Qualifier("gatewayThreads") ExecutorService gatewayThreads) {
        return new ViewReads() {
            @Override
            public <Q extends Message, A extends Message> CompletableFuture<A> ask(
                    Principal principal,
                    MethodDescriptor<Q, A> method,
                    Q request,
                    Freshness freshness) {
                return elsewhere(reader.ask(principal, method, request, freshness), gatewayThreads);
            }
        };
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Events events(
            OutboxRole role,
            GatewaySettings settings,
            Credentials credentials,
            ViewReads viewReads,
            @Qualifier("gatewayThreads") ExecutorService gatewayThreads) {
        return new Events(
                settings.broker(), credentials, role.gatewayId(), viewReads, gatewayThreads);
    }

    @Bean
    ViewChanges viewChanges(Events events) {
        return events.changes();
    }

    /**
     * What follows an answer is done on a thread of the gateway: neither the network's threads nor
     * those of the database in the same process are held up by a long list.
     */
    private static <T> CompletableFuture<T> elsewhere(
            CompletableFuture<T> answer, ExecutorService threads) {
        return answer.isDone() ? answer : answer.thenApplyAsync(Function.identity(), threads);
    }

    @Bean
    CommandIntake commandIntake(Submissions submissions) {
        return (principal, command, key, trace, cause) ->
                submissions.submit(principal, "GRAPHQL", command, key, trace, cause);
    }

    @Bean
    CommandOutcomes commandOutcomes(Commands commands) {
        return new CommandOutcomes() {
            @Override
            public CompletableFuture<Optional<CommandStatus>> status(
                    Principal principal, String commandId) {
                return commands.status(principal, commandId);
            }

            @Override
            public Following follow(Principal principal, String commandId, Follower follower) {
                return commands.follow(principal, commandId, follower);
            }
        };
    }

    @Bean
    RestPorts restPorts(
            ViewReads views, Submissions submissions, CommandOutcomes outcomes, OutboxRole role) {
        return new RestPorts(
                views,
                (principal, command, key, trace, cause) ->
                        submissions.submit(principal, "REST", command, key, trace, cause),
                outcomes,
                role.outbox()::firstFor);
    }

    @Bean
    Tokens tokens(Credentials credentials) {
        return Tokens.of(credentials);
    }

    @Bean
    DoorSettings doorSettings(GatewaySettings settings, Environment environment) {
        return DoorSettings.standard(
                environment.getProperty("server.address", "127.0.0.1"),
                Set.of(
                        environment.getProperty(
                                "waybill.allowed-hosts", String[].class, new String[0])),
                settings.delay(),
                settings.currency());
    }
}
