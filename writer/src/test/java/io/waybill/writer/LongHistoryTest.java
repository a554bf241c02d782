package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.account.v1.PaymentVoided;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.common.v1.Money;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.ItemsReleased;
import io.waybill.proto.restaurant.v1.ItemsReserved;
import io.waybill.proto.restaurant.v1.ItemsTaken;
import io.waybill.writer.codec.Codecs;
import io.waybill.writer.decide.Aggregates;
import io.waybill.writer.decide.Folded;
import io.waybill.writer.decide.SnapshotKeeper;
import io.waybill.writer.domain.StateSize;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.saga.SagaSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An account and a restaurant with 100,000 orders behind them fold, decide and take memory like new
 * ones. What is compared is what was read and kept, not the time that it took.
 */
class LongHistoryTest {

    private static final int ORDERS = 100_000;
    private static final int ORDERS_IN_A_COMMIT = 10;

    /** As many events as a snapshot may be behind. */
    private static final int MOST_EVENTS_READ = 1_000;

    private static final Money PRICE = Money.newBuilder().setCurrency("EUR").setMinor(300).build();
    private static final Money PLENTY =
            Money.newBuilder().setCurrency("EUR").setMinor(1_000_000_000).build();

    private int written;

    @Test
    void an_order_after_a_hundred_thousand_others_reads_and_keeps_no_more_than_the_first() {
        SagaWorld fresh = new SagaWorld("AUTO");
        SagaWorld old = new SagaWorld("AUTO");
        String account = "account/" + old.customer();
        String restaurant = "restaurant/" + old.restaurant();
        long before = old.log.commits().size();
        live(old, account, restaurant);
        long behind = old.log.commits().size() - before;

        assertThat(commitsReadForAnOrder(old))
                .isLessThan(
                        commitsReadForAnOrder(fresh) + 2 * MOST_EVENTS_READ / ORDERS_IN_A_COMMIT)
                .isLessThan((int) behind / 50);

        SagaWorld.Standing now = old.standing();
        SagaWorld.Standing new_ = fresh.standing();
        assertThat(StateSize.of(now.account())).isEqualTo(StateSize.of(new_.account()));
        assertThat(StateSize.of(now.menu())).isEqualTo(StateSize.of(new_.menu()));
        assertThat(kept(old, account)).isLessThan(500);
        assertThat(kept(old, restaurant)).isLessThan(500);
    }

    /** A writer that knows nothing yet carries out an order. */
    private static int commitsReadForAnOrder(SagaWorld world) {
        world.world.restartAfterCrash();
        world.world.run(Duration.ofMinutes(5));
        int before = world.log.commitsRead();
        world.order(world.twoSoups());
        world.runUntilEnded();
        assertThat(world.history()).last().isEqualTo("OrderApproved");
        return world.log.commitsRead() - before;
    }

    private static int kept(SagaWorld world, String stream) {
        return Objects.requireNonNull(world.log.snapshots().get(stream)).getState().size();
    }

    /** A third of the orders come to nothing. */
    private void live(SagaWorld world, String account, String restaurant) {
        Stream paid = new Stream(world, account);
        Stream cooked = new Stream(world, restaurant);
        paid.append(
                List.of(
                        Deposited.newBuilder()
                                .setCustomerId(world.customer())
                                .setAmount(PLENTY)
                                .build()));
        cooked.append(List.of(soups(world, 1_000_000)));
        for (int order = 0; order < ORDERS; order += ORDERS_IN_A_COMMIT) {
            List<Message> payments = new ArrayList<>();
            List<Message> items = new ArrayList<>();
            for (int i = order; i < order + ORDERS_IN_A_COMMIT; i++) {
                pay(world, "o" + i, i % 3 == 0, payments);
                cook(world, "o" + i, i % 3 == 0, items);
            }
            paid.append(payments);
            cooked.append(items);
        }
        cooked.append(List.of(soups(world, 10)));
    }

    private static void pay(SagaWorld world, String order, boolean undone, List<Message> events) {
        events.add(
                PaymentDebited.newBuilder()
                        .setCustomerId(world.customer())
                        .setOrderId(order)
                        .setAmount(PRICE)
                        .build());
        if (undone) {
            events.add(
                    PaymentVoided.newBuilder()
                            .setCustomerId(world.customer())
                            .setOrderId(order)
                            .setAmount(PRICE)
                            .build());
        }
    }

    private static void cook(SagaWorld world, String order, boolean undone, List<Message> events) {
        Item soup = Item.newBuilder().setCode("soup").setUnitPrice(PRICE).setQuantity(1).build();
        String id = world.restaurant();
        events.add(ItemsReserved.newBuilder().setId(id).setOrderId(order).addItems(soup).build());
        events.add(
                undone
                        ? ItemsReleased.newBuilder()
                                .setId(id)
                                .setOrderId(order)
                                .addItems(soup)
                                .build()
                        : ItemsTaken.newBuilder()
                                .setId(id)
                                .setOrderId(order)
                                .addItems(soup)
                                .build());
    }

    private static Message soups(SagaWorld world, int onHand) {
        return ItemSet.newBuilder()
                .setId(world.restaurant())
                .setCode("soup")
                .setName("Soup")
                .setUnitPrice(PRICE)
                .setOnHand(onHand)
                .build();
    }

    /** A stream that is written as a writer does, with its snapshots. */
    private final class Stream {

        private final SagaWorld world;
        private final String name;
        private final SnapshotKeeper snapshots;
        private Folded<?> folded;

        Stream(SagaWorld world, String name) {
            this.world = world;
            this.name = name;
            this.snapshots = new SnapshotKeeper(world.log);
            this.folded = new Aggregates(Codecs.all(SagaSettings.usual()), 1).initial(name);
            world.log.commits().stream()
                    .filter(commit -> commit.getStream().equals(name))
                    .forEach(commit -> folded = folded.after(commit.getEventsList()));
        }

        void append(List<Message> messages) {
            List<RecordedEvent> events =
                    messages.stream()
                            .map(
                                    event ->
                                            RecordedEvent.newBuilder()
                                                    .setType(
                                                            event.getDescriptorForType()
                                                                    .getFullName())
                                                    .setData(event.toByteString())
                                                    .build())
                            .toList();
            world.log.write(
                    List.of(
                            ProposedCommit.newBuilder()
                                    .setStream(name)
                                    .setExpectedVersion(folded.version())
                                    .setCommand(
                                            CommandIdentity.newBuilder()
                                                    .setPrincipal("the past")
                                                    .setCommandId(Commands.id(++written)))
                                    .setOutcome(
                                            Outcome.newBuilder()
                                                    .setKind(OutcomeKind.OUTCOME_KIND_APPLIED))
                                    .addAllEvents(events)
                                    .build()));
            long before = folded.version();
            folded = folded.after(events);
            snapshots.passed(name, before, folded);
        }
    }
}
