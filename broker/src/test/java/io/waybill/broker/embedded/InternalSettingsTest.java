package io.waybill.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.persistence.local.xodus.EnvironmentUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalSettingsTest {

    private static final long MEGABYTE = 1 << 20;
    private static final long BUFFER = 64 * MEGABYTE;

    @Test
    void what_the_broker_keeps_of_its_files_takes_a_quarter_of_the_heap() {
        InternalSettings.apply();

        var queues = new EnvironmentUtil().createEnvironmentConfig("queues");
        assertThat(queues.getMemoryUsagePercentage()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(longs = {65, 127, 512, 1_000, 2_047, 3_900, 16_384, 24L << 20})
    void a_part_of_the_machine_is_no_larger_than_it_may_be_and_not_much_smaller(long megabytes) {
        long machine = megabytes * MEGABYTE;

        long part = machine / InternalSettings.portion(machine, BUFFER);

        assertThat(part).isBetween(BUFFER / 2, BUFFER);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, BUFFER})
    void a_machine_with_no_more_than_a_part_is_one(long machine) {
        assertThat(InternalSettings.portion(machine, BUFFER)).isEqualTo(1);
    }
}
