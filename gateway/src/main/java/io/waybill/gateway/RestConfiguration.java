package io.waybill.gateway;

import io.waybill.gateway.rest.OpenApiServlet;
import io.waybill.gateway.rest.RestPorts;
import io.waybill.gateway.rest.RestServlet;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;

/** The REST door and its document: plain servlets. Needs {@link RestPorts} as a bean. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {

    /** Beyond what its questions may take, for what should never happen. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    @Bean
    ServletRegistrationBean<RestServlet> restServlet(RestPorts restPorts, DoorSettings settings) {
        Duration longest = settings.requestLimit().plus(settings.longestWait()).plus(MARGIN);
        return new ServletRegistrationBean<>(
                new RestServlet(restPorts, settings.currency(), longest), RestServlet.MAPPING);
    }

    @Bean
    ServletRegistrationBean<OpenApiServlet> openApiServlet(DoorSettings settings) {
        return new ServletRegistrationBean<>(
                new OpenApiServlet(settings.currency()), OpenApiServlet.PATH);
    }
}
