package io.waybill.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONTACT/ADD",
                "CONTACT",
                "PAYMENT/x",
                "RESTAURANT/x",
                "SHOPPING/x",
                "ORDER/x",
                "SAGA/x",
                "EVENT/x",
                "DEADLETTER/x",
                "GATEWAY/x",
                "$SYS/x",
                "$share/g/CONTACT/ADD"
            })
    void what_lies_under_a_reserved_root_is_reserved(String topic) {
        assertThat(Topics.reserved(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my/reply", "contact/ADD", "CONTACTS/ADD", "x/CONTACT", "/CONTACT", ""})
    void other_topics_are_free(String topic) {
        assertThat(Topics.reserved(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.SESSION_LOST, "GATEWAY/g/ANSWERS"})
    void waybills_own_traffic_is_reserved(String topic) {
        assertThat(Topics.reserved(topic)).isTrue();
        assertThat(Topics.answers("g")).isEqualTo("GATEWAY/g/ANSWERS");
    }
}
