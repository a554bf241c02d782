package io.waybill.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.gateway.standin.MemoryViews;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.UserProperty;
import io.waybill.wire.time.VirtualTime;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

class ChangesTest {

    private final VirtualTime time = new VirtualTime(1, Instant.EPOCH);
    private final MemoryViews views = new MemoryViews(time.loop("reader"));
    private final Changes changes = new Changes(time.loop("events"), views, Runnable::run);

    /** Notes what it is told. */
    private static final class Notes implements ViewChanges.Watcher {
        private final List<String> told = new ArrayList<>();

        @Override
        public void changed(String id, Optional<Message> view) {
            told.add(id + view.map(v -> " v" + ((OrderView) v).getVersion()).orElse(" gone"));
        }

        @Override
        public void missed() {
            told.add("missed");
        }

        @Override
        public void failed(WaybillException reason) {
            told.add(reason.code().name());
        }
    }

    private Notes watch(String id) {
        Notes notes = new Notes();
        var _ = changes.watch(ViewKind.ORDER, Optional.of(id), notes);
        run(50);
        return notes;
    }

    private void order(String id, int version) {
        views.orders.put(id, OrderView.newBuilder().setId(id).setVersion(version).build());
    }

    private void happened(String id, int sequence) {
        changes.happened("ORDER", 0, sequence, id);
    }

    private void run(long millis) {
        time.run(Duration.ofMillis(millis));
    }

    @Test
    void an_order_is_told_as_it_stands_and_after_each_event() {
        order("o1", 1);
        Notes notes = watch("o1");
        order("o1", 2);
        happened("o1", 1);
        run(50);
        assertThat(notes.told).containsExactly("o1 v1", "o1 v2");
    }

    @Test
    void what_nobody_watches_is_not_read() {
        order("o1", 1);
        Notes notes = watch("o1");
        views.batches.clear();
        happened("o2", 1);
        happened("o3", 2);
        run(50);
        assertThat(views.batches).isEmpty();
        assertThat(notes.told).containsExactly("o1 v1");
    }

    @Test
    void events_while_it_reads_become_one_more_read_of_all_that_changed() {
        order("o1", 1);
        order("o2", 1);
        Notes one = watch("o1");
        Notes two = watch("o2");
        views.batches.clear();
        for (int i = 1; i <= 100; i++) {
            order("o1", i + 1);
            happened(i % 2 == 0 ? "o1" : "o2", i);
        }
        run(100);
        assertThat(views.batches).hasSizeLessThanOrEqualTo(3);
        assertThat(one.told).endsWith("o1 v101");
        assertThat(two.told).endsWith("o2 v1");
    }

    @Test
    void after_a_gap_all_that_is_watched_is_read_again() {
        order("o1", 1);
        happened("o9", 5);
        Notes notes = watch("o1");
        Notes all = new Notes();
        var _ = changes.watch(ViewKind.ORDER, Optional.empty(), all);
        order("o1", 2);
        happened("o9", 6);
        run(50);
        assertThat(notes.told).containsExactly("o1 v1");
        happened("o9", 8);
        run(50);
        assertThat(notes.told).containsExactly("o1 v1", "o1 v2");
        assertThat(all.told).contains("missed");
    }

    @Test
    void a_lost_last_event_shows_in_the_retained_sequence() {
        order("o1", 1);
        happened("o9", 5);
        Notes notes = watch("o1");
        order("o1", 2);
        changes.reached("ORDER", 0, 5);
        run(50);
        assertThat(notes.told).containsExactly("o1 v1");
        changes.reached("ORDER", 0, 6);
        run(50);
        assertThat(notes.told).containsExactly("o1 v1", "o1 v2");
    }

    @Test
    void a_new_connection_reads_all_that_is_watched_again() {
        order("o1", 1);
        Notes notes = watch("o1");
        order("o1", 2);
        changes.connected();
        run(50);
        assertThat(notes.told).containsExactly("o1 v1", "o1 v2");
    }

    @Test
    void what_cannot_be_read_is_read_later() {
        order("o1", 1);
        views.down(true);
        Notes notes = watch("o1");
        run(3_000);
        assertThat(notes.told).isEmpty();
        views.down(false);
        run(6_000);
        assertThat(notes.told).containsExactly("o1 v1");
    }

    @Test
    void more_than_can_be_noted_is_said_instead_of_kept() {
        Notes all = new Notes();
        var _ = changes.watch(ViewKind.ORDER, Optional.empty(), all);
        views.down(true);
        for (int i = 1; i <= Unread.MOST_CHANGED + 600; i++) {
            happened("o" + i, i);
        }
        run(10);
        assertThat(all.told).containsExactly("missed");
    }

    @Test
    void what_many_who_watch_ask_for_after_a_gap_is_all_read_and_makes_no_other_gap() {
        int each = 2_000;
        List<Integer> missed = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int watcher = i;
            AtomicReference<ViewChanges.Watching> watching = new AtomicReference<>();
            watching.set(
                    changes.watch(
                            ViewKind.ORDER,
                            Optional.empty(),
                            new ViewChanges.Watcher() {
                                @Override
                                public void changed(String id, Optional<Message> view) {
                                    if (id.startsWith(watcher + "-")) {
                                        told.add(id);
                                    }
                                }

                                @Override
                                public void missed() {
                                    missed.add(watcher);
                                    assertThat(missed).hasSizeLessThan(100);
                                    watching.get()
                                            .tell(
                                                    IntStream.range(0, each)
                                                            .mapToObj(n -> watcher + "-" + n)
                                                            .toList());
                                }

                                @Override
                                public void failed(WaybillException reason) {
                                    throw new AssertionError(reason);
                                }
                            }));
        }
        run(50);

        changes.connected();
        run(10_000);

        assertThat(missed).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(told).hasSize(8 * each).doesNotHaveDuplicates();
    }

    @Test
    void what_changes_does_not_wait_until_all_was_read_that_somebody_asked_for() {
        Notes all = new Notes();
        var watching = changes.watch(ViewKind.ORDER, Optional.empty(), all);
        watching.tell(IntStream.range(0, 50_000).mapToObj(n -> "a" + n).toList());
        run(20);

        happened("o1", 1);
        run(50);

        assertThat(all.told).contains("o1 gone").hasSizeLessThan(5_000);
    }

    @Test
    void what_is_too_much_for_one_answer_is_read_in_smaller_parts() {
        views.mostAtOnce = 60;
        Notes all = new Notes();
        var watching = changes.watch(ViewKind.ORDER, Optional.empty(), all);

        watching.tell(IntStream.range(0, 2_000).mapToObj(n -> "o" + n).toList());
        run(30_000);

        assertThat(all.told).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(views.batches).hasSizeLessThan(100);
    }

    @Test
    void once_all_can_be_read_again_much_is_read_at_once_soon() {
        Notes all = new Notes();
        var watching = changes.watch(ViewKind.ORDER, Optional.empty(), all);
        views.down(true);
        watching.tell(IntStream.range(0, 10_000).mapToObj(n -> "o" + n).toList());
        run(60_000);
        views.down(false);

        run(6_000);

        assertThat(all.told).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(views.batches).hasSizeLessThan(60);
    }

    @Test
    void whoever_stops_watching_hears_nothing_more_and_when_the_gateway_stops_all_hear_of_it() {
        order("o1", 1);
        Notes gone = new Notes();
        ViewChanges.Watching watching = changes.watch(ViewKind.ORDER, Optional.of("o1"), gone);
        run(50);
        watching.close();
        Notes stays = watch("o1");
        happened("o1", 1);
        changes.close();
        run(50);
        assertThat(gone.told).containsExactly("o1 v1");
        assertThat(stays.told).endsWith("UNAVAILABLE");
    }

    @Test
    void a_message_of_the_relay_is_understood_and_any_other_counts_as_a_gap() {
        order("o1", 1);
        Notes notes = watch("o1");
        order("o1", 2);
        EventSession.hear(
                message(
                        "EVENT/ORDER/APPROVED",
                        "{}",
                        new UserProperty("partition", "0"),
                        new UserProperty("sequence", "1"),
                        new UserProperty("subject", "o1")),
                changes);
        run(50);
        order("o1", 3);
        EventSession.hear(message("EVENT/ORDER/SEQUENCE/0", "{\"sequence\":\"2\"}"), changes);
        run(50);
        order("o1", 4);
        EventSession.hear(message("EVENT/ORDER/APPROVED", "{}"), changes);
        run(50);
        assertThat(notes.told).containsExactly("o1 v1", "o1 v2", "o1 v3", "o1 v4");
    }

    private static InboundMessage message(
            String topic, String payload, UserProperty... properties) {
        return new InboundMessage(
                topic,
                payload.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(properties),
                () -> {});
    }
}
