package io.waybill.gateway;

import io.waybill.gateway.asyncapi.AsyncApiDocument;
import io.waybill.gateway.graphql.execution.Engines;
import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.field.Fields;
import io.waybill.gateway.graphql.http.GraphQlServlet;
import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.graphql.sse.EventStreams;
import io.waybill.gateway.health.RoleHealthConfiguration;
import io.waybill.gateway.playground.Playground;
import io.waybill.gateway.subscription.GraphQlSockets;
import io.waybill.gateway.subscription.SocketPrincipal;
import io.waybill.gateway.web.AllowedHosts;
import io.waybill.gateway.web.Connectors;
import io.waybill.gateway.web.DoorFilter;
import io.waybill.gateway.web.ProblemReports;
import io.waybill.gateway.web.Tokens;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import java.util.List;

/**
 * The GraphQL door on a servlet container: needs {@link DoorSettings}, {@link Tokens} and the four
 * ports as beans. GraphQL itself is served by a plain servlet beside Spring's dispatcher, which is
 * left to the management endpoints.
 */
@Configuration(proxyBeanMethods = false)
@Import({RoleHealthConfiguration.class, RestConfiguration.class})
@PropertySource("classpath:io/waybill/gateway/web.properties")
class DoorConfiguration {

    @Bean
    Fields graphQlFields(
            ViewReads views,
            ViewChanges changes,
            CommandIntake intake,
            CommandOutcomes outcomes,
            DoorSettings settings) {
        return new Fields(views, changes, intake, outcomes, settings.currency());
    }

    @Bean
    GraphQlExecution graphQlExecution(Fields fields, DoorSettings settings) {
        return new GraphQlExecution(
                Engines.source(fields), fields, settings.requestLimit(), settings.longestWait());
    }

    @Bean(destroyMethod = "")
    GraphQlSockets graphQlSockets(
            GraphQlExecution execution, Tokens tokens, DoorSettings settings) {
        return new GraphQlSockets(execution, tokens, settings.sockets());
    }

    @Bean(destroyMethod = "")
    EventStreams eventStreams(GraphQlExecution execution, DoorSettings settings) {
        return new EventStreams(execution, settings.streams());
    }

    @Bean
    SmartLifecycle subscribersBeforeServer(GraphQlSockets sockets, EventStreams streams) {
        return new ClosedBeforeServer(
                () -> {
                    sockets.close();
                    streams.close();
                });
    }

    @Bean
    WebSocketHttpRequestHandler graphQlHandshake(GraphQlSockets sockets) {
        WebSocketHttpRequestHandler handshake = new WebSocketHttpRequestHandler(sockets);
        handshake.setHandshakeInterceptors(List.of(new SocketPrincipal()));
        return handshake;
    }

    @Bean
    Playground playground() {
        return new Playground();
    }

    @Bean
    ServletRegistrationBean<GraphQlServlet> graphQlServlet(
            GraphQlExecution execution,
            EventStreams streams,
            WebSocketHttpRequestHandler graphQlHandshake,
            Playground playground,
            DoorSettings settings) {
        return new ServletRegistrationBean<>(
                new GraphQlServlet(
                        execution, streams, graphQlHandshake, playground, settings.bodyBytes()),
                "/graphql",
                "");
    }

    @Bean
    ServletRegistrationBean<Playground> playgroundServlet(Playground playground) {
        return new ServletRegistrationBean<>(playground, Playground.FOLDER + "*");
    }

    @Bean
    ServletRegistrationBean<AsyncApiDocument> asyncApiServlet() {
        return new ServletRegistrationBean<>(new AsyncApiDocument(), AsyncApiDocument.PATH);
    }

    @Bean
    FilterRegistrationBean<DoorFilter> doorFilter(DoorSettings settings, Tokens tokens) {
        FilterRegistrationBean<DoorFilter> filter =
                new FilterRegistrationBean<>(
                        new DoorFilter(
                                new AllowedHosts(settings.bound(), settings.allowedHosts()),
                                tokens));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector() {
        return new Connectors();
    }

    @Bean
    ProblemReports problemReports() {
        return new ProblemReports(
                "There is nothing at this address. GraphQL is at /graphql, the playground at /, REST"
                        + " as /openapi.yaml says, the health at /actuator/health.");
    }
}
