package io.waybill.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;

class AllowedHostsTest {

    @Test
    void one_that_listens_on_all_addresses_answers_to_any_address_and_to_no_foreign_name() {
        AllowedHosts hosts = new AllowedHosts("0.0.0.0", Set.of("Orders.Example"));

        assertThat(hosts.allows("192.168.1.20")).isTrue();
        assertThat(hosts.allows("fe80::1")).isTrue();
        assertThat(hosts.allows("orders.example")).isTrue();
        assertThat(hosts.allows("rebound.example")).isFalse();
    }

    @Test
    void one_that_listens_on_an_address_answers_to_that_address() {
        AllowedHosts hosts = new AllowedHosts("192.168.1.20", Set.of());

        assertThat(hosts.allows("192.168.1.20")).isTrue();
        assertThat(hosts.allows("192.168.1.21")).isFalse();
        assertThat(hosts.allows("localhost")).isTrue();
    }
}
