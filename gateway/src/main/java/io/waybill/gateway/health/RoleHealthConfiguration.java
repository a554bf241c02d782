package io.waybill.gateway.health;

import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gives {@code /actuator/health} one entry for each {@link RunningRole} bean and for each {@link
 * Neighbour}, named by its role, and closes all other management endpoints but the metrics. Can be
 * imported alone, by an instance without the gateway; relies on the auto-configuration of {@code
 * spring-boot-starter-actuator} and of {@code spring-boot-starter-webmvc}.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/waybill/gateway/health/management.properties")
public class RoleHealthConfiguration {

    /** Registers the roles once all of them are there, and neighbours whose role is not. */
    @Bean
    static SmartInitializingSingleton roleHealth(
            ObjectProvider<RunningRole> roles,
            ObjectProvider<Neighbour> neighbours,
            HealthContributorRegistry registry) {
        return () -> {
            Map<Role, Supplier<RunningRole.Health>> known = new EnumMap<>(Role.class);
            neighbours.forEach(neighbour -> known.put(neighbour.role(), neighbour::health));
            roles.forEach(role -> known.put(role.role(), role::health));
            known.forEach(
                    (role, health) ->
                            registry.registerContributor(role.label(), new RoleHealth(health)));
        };
    }

    /** One role's entry. */
    private record RoleHealth(Supplier<RunningRole.Health> role) implements HealthIndicator {

        @Override
        public Health health() {
            RunningRole.Health now = role.get();
            Health.Builder shown =
                    (now.up() ? Health.up() : Health.down()).withDetail("detail", now.detail());
            if (!now.warnings().isEmpty()) {
                shown.withDetail("warnings", now.warnings());
            }
            return shown.build();
        }
    }
}
