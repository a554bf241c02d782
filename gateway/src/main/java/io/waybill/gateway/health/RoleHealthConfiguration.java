package io.waybill.gateway.health;

import io.waybill.wire.role.RunningRole;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/**
 * Gives {@code /actuator/health} one entry for each {@link RunningRole} bean, named by its role,
 * and closes all other management endpoints but the metrics. Can be imported alone, by an instance
 * without the gateway; relies on the auto-configuration of {@code spring-boot-starter-actuator} and
 * of {@code spring-boot-starter-webmvc}.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/waybill/gateway/health/management.properties")
public class RoleHealthConfiguration {

    /** Registers the roles once all of them are there. */
    @Bean
    static SmartInitializingSingleton roleHealth(
            ObjectProvider<RunningRole> roles, HealthContributorRegistry registry) {
        return () ->
                roles.forEach(
                        role ->
                                registry.registerContributor(
                                        role.role().label(), new RoleHealth(role)));
    }

    /** One role's entry. */
    private record RoleHealth(RunningRole role)
            implements org.springframework.boot.health.contributor.HealthIndicator {

        @Override
        public Health health() {
            RunningRole.Health now = role.health();
            return (now.up() ? Health.up() : Health.down())
                    .withDetail("detail", now.detail())
                    .build();
        }
    }
}
