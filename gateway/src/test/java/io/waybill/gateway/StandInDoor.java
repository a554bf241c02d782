package io.waybill.gateway;

import io.waybill.gateway.standin.ShortWindow;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.gateway.web.Tokens;
import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.util.Optional;

/**
 * An application with the door alone: as the real one does it, through Boot's auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DoorConfiguration.class)
public class StandInDoor {

    @Bean
    Tokens tokens() {
        return token ->
                token.equals(StandInGateway.TOKEN)
                        ? Optional.of(StandInGateway.ADA)
                        : Optional.empty();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> shortWindow() {
        return factory -> factory.addConnectorCustomizers(ShortWindow::setUp);
    }

    @Bean(destroyMethod = "")
    RunningRole writer() {
        return role(Role.WRITER, new RunningRole.Health(true, "all is well").warning("it rains"));
    }

    @Bean(destroyMethod = "")
    RunningRole database() {
        return role(Role.DATABASE, new RunningRole.Health(false, "waits for its disk"));
    }

    private static RunningRole role(Role role, RunningRole.Health health) {
        return new RunningRole() {
            @Override
            public Role role() {
                return role;
            }

            @Override
            public void start() {}

            @Override
            public Health health() {
                return health;
            }

            @Override
            public void close() {}
        };
    }
}
