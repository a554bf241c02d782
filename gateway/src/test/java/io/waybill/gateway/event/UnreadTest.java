package io.waybill.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class UnreadTest {

    private static final int MANY = 100_000;

    private final Unread unread = new Unread();

    @Test
    void what_merely_changed_is_no_more_than_is_kept_however_often_it_cannot_be_read() {
        int forgotten = 0;
        for (int i = 0; i < MANY; i++) {
            forgotten += unread.changed("o" + i) ? 0 : 1;
            if (i % 250 == 0) {
                forgotten += unread.putBack(take(500)) ? 0 : 1;
            }
        }

        assertThat(forgotten).isPositive();
        assertThat(take(MANY)).hasSizeLessThanOrEqualTo(Unread.MOST_CHANGED);
    }

    @Test
    void what_was_asked_for_is_kept_however_much_changes_and_cannot_be_read() {
        List<String> asked = IntStream.range(0, 1_000).mapToObj(i -> "a" + i).toList();
        boolean _ = unread.changed("a1");
        unread.askedFor(asked);
        for (int i = 0; i < MANY; i++) {
            boolean _ = unread.changed("o" + i);
            if (i % 250 == 0) {
                boolean _ = unread.putBack(take(500));
                boolean _ = unread.changed("a" + i / 250);
            }
        }

        assertThat(take(MANY)).containsAll(asked).doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_wanted_any_more_is_forgotten() {
        unread.askedFor(List.of("a", "b"));
        unread.changed("c");

        assertThat(unread.take(10, id -> !id.equals("a"))).containsExactly("b", "c");
        assertThat(take(10)).isEmpty();
    }

    private List<String> take(int most) {
        return new ArrayList<>(unread.take(most, id -> true));
    }
}
