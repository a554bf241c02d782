package io.waybill.gateway.graphql.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.event.Changes;
import io.waybill.gateway.standin.MemoryViews;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.time.VirtualTime;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a subscriber is told, in virtual time. */
class ChangeStreamsTest {

    private final VirtualTime time = new VirtualTime(1, Instant.EPOCH);
    private final MemoryViews views = new MemoryViews(time.loop("reader"));
    private final Changes changes = new Changes(time.loop("events"), views, Runnable::run);
    private int sequence;

    private static final class Notes<T> implements Subscriber<T> {
        private final Function<T, String> words;
        private final long atOnce;
        private final List<String> told = new ArrayList<>();
        private Optional<Subscription> subscription = Optional.empty();

        Notes(Function<T, String> words, long atOnce) {
            this.words = words;
            this.atOnce = atOnce;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = Optional.of(given);
            given.request(atOnce);
        }

        @Override
        public void onNext(T item) {
            told.add(words.apply(item));
        }

        @Override
        public void onError(Throwable failure) {
            told.add("failed");
        }

        @Override
        public void onComplete() {
            told.add("completed");
        }
    }

    private Notes<OrderView> orders(Publisher<OrderView> stream, long atOnce) {
        Notes<OrderView> notes =
                new Notes<>(
                        order ->
                                order.getId()
                                        + " "
                                        + order.getStatus()
                                                .name()
                                                .substring("ORDER_STATUS_".length())
                                        + " "
                                        + order.getVersion(),
                        atOnce);
        stream.subscribe(notes);
        run();
        return notes;
    }

    private void order(String id, int version, OrderStatus status) {
        views.orders.put(
                id,
                OrderView.newBuilder()
                        .setId(id)
                        .setRestaurantId(id.startsWith("x") ? "r2" : "r1")
                        .setVersion(version)
                        .setStatus(status)
                        .build());
        changes.happened("ORDER", 0, ++sequence, id);
        run();
    }

    private void run() {
        time.run(Duration.ofMillis(100));
    }

    private RestaurantOrders ofRestaurant() {
        return new RestaurantOrders(changes, views, Principal.ANONYMOUS, "r1");
    }

    @Test
    void an_order_is_followed_until_it_was_collected() {
        order("o1", 1, OrderStatus.ORDER_STATUS_PENDING);
        var notes = orders(new OrderUpdates(changes, "o1"), Long.MAX_VALUE);
        order("o1", 9, OrderStatus.ORDER_STATUS_APPROVED);
        order("o2", 1, OrderStatus.ORDER_STATUS_PENDING);
        changes.connected();
        run();
        order("o1", 10, OrderStatus.ORDER_STATUS_READY);
        order("o1", 11, OrderStatus.ORDER_STATUS_COLLECTED);
        order("o1", 12, OrderStatus.ORDER_STATUS_COLLECTED);
        assertThat(notes.told)
                .containsExactly(
                        "o1 PENDING 1",
                        "o1 APPROVED 9",
                        "o1 READY 10",
                        "o1 COLLECTED 11",
                        "completed");
    }

    @Test
    void an_order_that_is_not_known_yet_is_told_once_it_is() {
        var notes = orders(new OrderUpdates(changes, "o1"), Long.MAX_VALUE);
        assertThat(notes.told).isEmpty();
        order("o1", 1, OrderStatus.ORDER_STATUS_PENDING);
        assertThat(notes.told).containsExactly("o1 PENDING 1");
    }

    @Test
    void a_slow_subscriber_skips_states_but_not_the_latest() {
        order("o1", 1, OrderStatus.ORDER_STATUS_PENDING);
        var notes = orders(new OrderUpdates(changes, "o1"), 1);
        for (int version = 2; version <= 50; version++) {
            order("o1", version, OrderStatus.ORDER_STATUS_PENDING);
        }
        order("o1", 51, OrderStatus.ORDER_STATUS_CANCELLED);
        assertThat(notes.told).containsExactly("o1 PENDING 1");
        notes.subscription.orElseThrow().request(5);
        assertThat(notes.told).containsExactly("o1 PENDING 1", "o1 CANCELLED 51", "completed");
    }

    @Test
    void a_cancelled_subscription_is_told_nothing_more() {
        order("o1", 1, OrderStatus.ORDER_STATUS_PENDING);
        var notes = orders(new OrderUpdates(changes, "o1"), 10);
        notes.subscription.orElseThrow().cancel();
        run();
        views.batches.clear();
        order("o1", 2, OrderStatus.ORDER_STATUS_APPROVED);
        assertThat(notes.told).containsExactly("o1 PENDING 1");
        assertThat(views.batches).isEmpty();
    }

    @Test
    void a_restaurant_is_told_its_orders_under_way_then_what_changes_and_no_others() {
        order("o1", 1, OrderStatus.ORDER_STATUS_COLLECTED);
        order("o2", 1, OrderStatus.ORDER_STATUS_PENDING);
        order("x1", 1, OrderStatus.ORDER_STATUS_PENDING);
        var notes = orders(ofRestaurant(), Long.MAX_VALUE);
        order("o2", 2, OrderStatus.ORDER_STATUS_APPROVED);
        order("x1", 2, OrderStatus.ORDER_STATUS_APPROVED);
        order("o3", 1, OrderStatus.ORDER_STATUS_PENDING);
        assertThat(notes.told).containsExactly("o2 PENDING 1", "o2 APPROVED 2", "o3 PENDING 1");
    }

    @Test
    void after_a_gap_a_restaurant_is_told_what_changed_meanwhile_what_ended_too() {
        order("o1", 1, OrderStatus.ORDER_STATUS_READY);
        order("o2", 1, OrderStatus.ORDER_STATUS_PENDING);
        var notes = orders(ofRestaurant(), Long.MAX_VALUE);
        views.orders.put(
                "o1",
                Objects.requireNonNull(views.orders.get("o1")).toBuilder()
                        .setStatus(OrderStatus.ORDER_STATUS_COLLECTED)
                        .setVersion(2)
                        .build());
        changes.connected();
        run();
        run();
        assertThat(notes.told).containsExactly("o1 READY 1", "o2 PENDING 1", "o1 COLLECTED 2");
    }

    @Test
    void while_a_restaurant_takes_nothing_nothing_is_read_over_and_over_and_then_all_is_told() {
        int many = 2_500;
        var notes = orders(ofRestaurant(), 1);
        for (int i = 1; i <= many; i++) {
            order("o" + i, 1, OrderStatus.ORDER_STATUS_PENDING);
        }
        order("o" + many, 2, OrderStatus.ORDER_STATUS_APPROVED);
        run();
        views.batches.clear();
        time.run(Duration.ofSeconds(10));
        assertThat(views.batches.size()).isZero();
        assertThat(notes.told).containsExactly("o1 PENDING 1");

        notes.subscription.orElseThrow().request(Long.MAX_VALUE);
        time.run(Duration.ofSeconds(1));

        assertThat(notes.told)
                .hasSize(many)
                .doesNotHaveDuplicates()
                .contains("o1 PENDING 1", "o1500 PENDING 1", "o" + many + " APPROVED 2");
    }

    @Test
    void a_restaurant_that_takes_nothing_of_very_many_orders_is_told_to_subscribe_again() {
        var notes = orders(ofRestaurant(), 1);
        for (int i = 0; i <= 1 + LatestStream.MOST + LatestStream.MOST_REFUSED; i++) {
            order("o" + i, 1, OrderStatus.ORDER_STATUS_PENDING);
        }

        notes.subscription.orElseThrow().request(Long.MAX_VALUE);

        assertThat(notes.told).hasSize(1 + LatestStream.MOST + 1).endsWith("failed");
    }

    @Test
    void gaps_in_quick_succession_make_one_more_list_of_a_restaurants_orders() {
        var notes = orders(ofRestaurant(), Long.MAX_VALUE);
        views.lists = 0;
        for (int i = 0; i < 20; i++) {
            changes.connected();
        }
        run();
        assertThat(views.lists).isEqualTo(2);
        assertThat(notes.told).isEmpty();
    }

    @Test
    void contacts_are_told_when_they_change_and_are_deleted_and_a_gap_is_said() {
        Notes<ContactChange> notes =
                new Notes<>(
                        change ->
                                change.id().orElse("missed")
                                        + change.contact()
                                                .map(c -> " " + ((ContactView) c).getName())
                                                .orElse(""),
                        Long.MAX_VALUE);
        new ContactChanges(changes).subscribe(notes);
        run();
        views.contacts.put("c1", ContactView.newBuilder().setId("c1").setName("Ada").build());
        changes.happened("CONTACT", 0, 1, "c1");
        run();
        views.contacts.clear();
        changes.happened("CONTACT", 0, 2, "c1");
        run();
        changes.happened("CONTACT", 0, 9, "c1");
        run();
        assertThat(notes.told).containsExactly("c1 Ada", "c1", "missed", "c1");
    }

    @Test
    void when_the_gateway_stops_a_subscriber_is_told_why() {
        var notes = orders(new OrderUpdates(changes, "o1"), 1);
        changes.close();
        run();
        assertThat(notes.told).containsExactly("failed");
    }
}
