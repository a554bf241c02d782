package io.waybill.wire.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class DiskSpaceTest {

    private static final long KEPT = 256L << 20;

    @Test
    void a_disk_with_plenty_of_room_is_no_matter() {
        assertThat(room(4 * KEPT).warning()).isEmpty();
        assertThat(room(Long.MAX_VALUE).warning()).isEmpty();
    }

    @Test
    void a_disk_that_fills_up_is_told_with_what_is_left_before_anything_is_refused() {
        assertThat(room(4 * KEPT - 1).warning().orElseThrow())
                .isEqualTo(
                        "the disk of /data is nearly full: 1023 MB are left,"
                                + " below 256 MB nothing new is written");
        assertThat(room(KEPT).warning()).isPresent();
        assertThat(room(KEPT).isUsedUp()).isFalse();
    }

    @Test
    void a_disk_that_is_full_is_told_with_how_much_there_must_be() {
        assertThat(room(KEPT - 1).isUsedUp()).isTrue();
        assertThat(room(KEPT - 1).warning().orElseThrow())
                .isEqualTo(
                        "the disk of /data is full: 255 MB are left,"
                                + " and nothing new is written before there are 256 MB");
    }

    private static DiskSpace room(long free) {
        return new DiskSpace(Path.of("/data"), free, KEPT);
    }
}
