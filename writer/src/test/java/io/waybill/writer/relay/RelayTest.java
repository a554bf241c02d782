package io.waybill.writer.relay;

import static io.waybill.writer.relay.MemoryEvents.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.OrderCustomerAuthorized;
import io.waybill.proto.order.v1.OrderReady;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The relay in virtual time, with a log and a broker in memory. */
class RelayTest {

    private final VirtualTime time = new VirtualTime(1, Instant.parse("2026-01-01T09:00:00Z"));
    private final MemoryFeed log = new MemoryFeed(time.loop("log"));
    private final MemoryEvents broker = new MemoryEvents();
    private VirtualEventLoop loop = time.loop("relay");
    private Relay relay = relay();

    @BeforeEach
    void start() {
        relay.start();
    }

    private Relay relay() {
        return new Relay(loop, log, broker, 0, time.random());
    }

    /** The process dies, and another one starts. */
    private void crash() {
        loop.kill();
        loop = time.loop("relay");
        relay = relay();
        relay.start();
    }

    private void run(long millis) {
        time.run(Duration.ofMillis(millis));
    }

    private void authorized(int number) {
        log.applied(
                "saga",
                "order/o" + number,
                OrderCustomerAuthorized.newBuilder().setId("o" + number).build());
    }

    private List<Long> sequences(String root) {
        return broker.events().stream()
                .filter(message -> message.topic().startsWith(root))
                .map(message -> Long.parseLong(attribute(message, "sequence")))
                .toList();
    }

    @Test
    void an_event_is_told_as_a_cloud_event_without_what_is_personal() {
        log.applied(
                "ada",
                "contact/c-1",
                ContactAdded.newBuilder()
                        .setId("c-1")
                        .setName("Ada")
                        .setEmail("ada@example.com")
                        .build());
        run(100);

        OutboundMessage event = broker.events().getFirst();
        assertThat(event.topic()).isEqualTo("EVENT/CONTACT/ADDED");
        assertThat(event.contentType()).contains("application/json");
        assertThat(new String(event.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"c-1\"}");
        assertThat(event.userProperties().stream().map(p -> p.name() + "=" + p.value()))
                .containsExactly(
                        "specversion=1.0",
                        "id=0-1-0",
                        "source=/waybill/i1",
                        "type=waybill.contact.v1.ContactAdded",
                        "subject=c-1",
                        "time=2026-01-01T09:00:00Z",
                        "partition=0",
                        "position=1",
                        "sequence=1");
    }

    @Test
    void outcomes_of_clients_are_told_without_their_sentences_and_those_of_sagas_are_not() {
        log.refused("ada", "contact/c-1", "NOT_FOUND", "contact of Ada not found");
        log.refused("saga", "contact/c-1", "UNKNOWN_CUSTOMER", "no");
        log.applied("ada", "contact/c-2", ContactDeleted.newBuilder().setId("c-2").build());
        run(100);

        assertThat(broker.events())
                .extracting(OutboundMessage::topic)
                .containsExactly(
                        "EVENT/COMMAND/REJECTED", "EVENT/CONTACT/DELETED", "EVENT/COMMAND/APPLIED");
        assertThat(new String(broker.events().getFirst().payload(), StandardCharsets.UTF_8))
                .contains("\"commandId\":\"c1\"", "NOT_FOUND")
                .doesNotContain("of Ada");
        assertThat(sequences("EVENT/COMMAND")).containsExactly(1L, 2L);
        assertThat(sequences("EVENT/CONTACT")).containsExactly(1L);
    }

    @Test
    void events_are_told_in_the_order_of_the_log_each_numbered_by_its_aggregate() {
        for (int i = 1; i <= 500; i++) {
            log.applied(
                    "saga",
                    "order/o",
                    OrderApproved.newBuilder().setId("o").build(),
                    OrderReady.newBuilder().setId("o").build());
            log.applied("saga", "contact/c", ContactDeleted.newBuilder().setId("c").build());
        }
        run(2_000);

        assertThat(sequences("EVENT/ORDER")).isEqualTo(range(1, 1_000));
        assertThat(sequences("EVENT/CONTACT")).isEqualTo(range(1, 500));
        assertThat(broker.events())
                .extracting(message -> Long.parseLong(attribute(message, "position")))
                .isSorted();
        assertThat(log.savedUpTo()).isEqualTo(1_000);
    }

    @Test
    void what_is_told_again_after_a_crash_has_the_numbers_that_it_had() {
        IntStream.rangeClosed(1, 20).forEach(this::authorized);
        run(1_500);
        assertThat(log.savedUpTo()).isEqualTo(20);
        log.savesNothing(true);
        IntStream.rangeClosed(21, 30).forEach(this::authorized);
        run(1_500);
        List<OutboundMessage> before = broker.events();
        assertThat(before).hasSize(30);

        log.savesNothing(false);
        crash();
        authorized(31);
        run(1_500);

        List<OutboundMessage> after = broker.events().subList(30, broker.events().size());
        assertThat(after).hasSize(11);
        for (int i = 0; i < 10; i++) {
            assertThat(after.get(i).userProperties())
                    .isEqualTo(before.get(20 + i).userProperties());
        }
        assertThat(attribute(after.getLast(), "sequence")).isEqualTo("31");
        assertThat(log.savedUpTo()).isEqualTo(31);
    }

    @Test
    void a_slow_broker_bounds_what_is_read_and_what_is_in_flight() {
        broker.slow();
        IntStream.rangeClosed(1, 5_000).forEach(this::authorized);
        run(5_000);

        assertThat(broker.mostUnanswered()).isEqualTo(Window.MOST_IN_FLIGHT);
        assertThat(log.pages()).isEqualTo(100); // a thousand commits
        assertThat(log.savedUpTo()).isZero();

        while (broker.events().size() < 5_000) {
            broker.answer(100);
            run(50);
        }
        assertThat(broker.mostUnanswered()).isEqualTo(Window.MOST_IN_FLIGHT);
        assertThat(sequences("EVENT/ORDER")).isEqualTo(range(1, 5_000));
    }

    @Test
    void a_lost_connection_repeats_from_the_first_that_was_not_acknowledged() {
        broker.slow();
        IntStream.rangeClosed(1, 10).forEach(this::authorized);
        run(50);
        broker.answer(4);
        run(50);
        broker.cut();
        run(5_000);
        broker.connect();
        run(2_000);

        assertThat(sequences("EVENT/ORDER"))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(log.savedUpTo()).isEqualTo(10);
    }

    @Test
    void what_the_broker_refuses_is_told_when_it_takes_it() {
        broker.refuses(true);
        IntStream.rangeClosed(1, 3).forEach(this::authorized);
        run(5_000);
        assertThat(log.savedUpTo()).isZero();

        broker.refuses(false);
        run(4_000);
        assertThat(sequences("EVENT/ORDER")).containsExactly(1L, 2L, 3L);
        assertThat(log.savedUpTo()).isEqualTo(3);
    }

    @Test
    void the_latest_sequence_is_retained_within_a_second_and_again_after_each_connect() {
        authorized(1);
        authorized(2);
        run(1_000);
        assertThat(broker.retained("EVENT/ORDER/SEQUENCE/0")).isEqualTo("{\"sequence\":\"2\"}");

        broker.arrived.clear();
        run(5_000);
        assertThat(broker.arrived).isEmpty();
        broker.cut();
        broker.connect();
        run(1_000);
        assertThat(broker.retained("EVENT/ORDER/SEQUENCE/0")).isEqualTo("{\"sequence\":\"2\"}");
    }

    @Test
    void a_feed_that_breaks_off_is_followed_anew_from_the_checkpoint() {
        authorized(1);
        run(1_500);
        log.breakOff();
        authorized(2);
        run(4_000);
        assertThat(sequences("EVENT/ORDER")).containsExactly(1L, 2L);
        assertThat(relay.trouble()).isEmpty();
    }

    @Test
    void an_event_of_no_known_type_holds_the_relay_up_and_is_said() {
        authorized(1);
        log.unknownEvent("order/o2");
        authorized(3);
        run(10_000);

        assertThat(sequences("EVENT/ORDER")).containsOnly(1L);
        assertThat(relay.trouble())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("waybill.x.v9.Strange", "position 2"));
        assertThat(log.savedUpTo()).isEqualTo(1);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
