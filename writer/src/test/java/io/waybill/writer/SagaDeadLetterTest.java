package io.waybill.writer;

import static io.waybill.writer.memory.Commands.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.Ids;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.writer.memory.Commands;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** A command of a saga is dead-lettered, and somebody drives it again. */
class SagaDeadLetterTest {

    /** Long enough for many messages, and less than the first pause of a saga. */
    private static final Duration SOON = Duration.ofMillis(500);

    private static final Duration LONG = Duration.ofMinutes(5);

    /** Less than what takes items, more than what else happens after the approval. */
    private static final int TOO_SMALL_FOR_ITEMS = 200;

    private final PipelineWorld world = PipelineWorld.started(Duration.ZERO);
    private final String order = Ids.aggregateId("order", "anonymous", id(7));

    @BeforeEach
    void an_order_waits_for_its_restaurant() {
        String customer = Commands.contactOf(id(1));
        String restaurant = Ids.aggregateId("restaurant", "anonymous", id(2));
        world.send(AddContact.newBuilder().setName("Ada").build(), 1);
        world.send(
                RegisterRestaurant.newBuilder()
                        .setName("Noodle bar")
                        .setCurrency("EUR")
                        .setReview("MANUAL")
                        .build(),
                2);
        world.run(SOON);
        world.send(
                SetItem.newBuilder()
                        .setId(restaurant)
                        .setCode("soup")
                        .setName("s".repeat(200))
                        .setUnitPrice("1.00")
                        .setCurrency("EUR")
                        .setOnHand(5)
                        .build(),
                3);
        world.send(OpenRestaurant.newBuilder().setId(restaurant).build(), 4);
        world.send(
                Deposit.newBuilder()
                        .setCustomerId(customer)
                        .setAmount("10.00")
                        .setCurrency("EUR")
                        .build(),
                5);
        world.run(SOON);
        world.send(
                CreateOrder.newBuilder()
                        .setCustomerId(customer)
                        .setRestaurantId(restaurant)
                        .addOrderItems(
                                OrderItem.newBuilder()
                                        .setCode("soup")
                                        .setName("s".repeat(200))
                                        .setUnitPrice("1.00")
                                        .setQuantity(1))
                        .setCurrency("EUR")
                        .build(),
                7);
        world.run(SOON);
    }

    @Test
    void the_next_attempt_of_a_step_after_the_pivot_is_sent_at_once_and_not_twice() {
        Commit dead = takingIsDeadLettered();
        world.log.maxEventBytes(100_000);

        driveAgain(dead, 20);
        world.run(SOON);

        assertThat(outcome(20)).isEqualTo("APPLIED");
        assertThat(world.commitOf(20).getMetadata().getCause())
                .isEqualTo(dead.getCommand().getCommandId());
        assertThat(attempts()).containsExactly("1 DEAD_LETTERED(POISON)", "2 APPLIED");
        assertThat(isApproved()).isTrue();

        driveAgain(dead, 21);
        world.run(LONG);
        assertThat(outcome(21)).isEqualTo("REJECTED(SAGA_OVER)");
        assertThat(attempts()).hasSize(2);
    }

    @Test
    void without_it_the_saga_goes_on_when_it_wakes_up() {
        takingIsDeadLettered();
        world.log.maxEventBytes(100_000);
        assertThat(isApproved()).isFalse();

        world.run(LONG);

        assertThat(isApproved()).isTrue();
    }

    private Commit takingIsDeadLettered() {
        world.log.maxEventBytes(TOO_SMALL_FOR_ITEMS);
        world.send(ApproveOrder.newBuilder().setId(order).build(), 10);
        world.run(SOON);
        assertThat(outcome(10)).isEqualTo("APPLIED");
        assertThat(attempts()).containsExactly("1 DEAD_LETTERED(POISON)");
        return taking().getFirst();
    }

    private void driveAgain(Commit dead, int number) {
        SagaCause saga = dead.getMetadata().getSaga();
        world.queue.send(
                Commands.drivingAgain(
                        dead.getCommand().getCommandId(),
                        RetryStep.newBuilder()
                                .setId(saga.getOrderId())
                                .setStep(saga.getStep())
                                .setUndo(saga.getUndo())
                                .build(),
                        id(number),
                        world.time.now()));
    }

    private List<Commit> taking() {
        return world.log.commits().stream()
                .filter(commit -> commit.getMetadata().getSaga().getStep().equals("TAKE_ITEMS"))
                .toList();
    }

    private List<String> attempts() {
        return taking().stream()
                .map(
                        commit ->
                                commit.getMetadata().getSaga().getAttempt()
                                        + " "
                                        + PipelineWorld.outcome(commit))
                .toList();
    }

    private boolean isApproved() {
        return world.log.commits().stream()
                .flatMap(commit -> commit.getEventsList().stream())
                .anyMatch(
                        event ->
                                event.getType()
                                        .equals(OrderApproved.getDescriptor().getFullName()));
    }

    private String outcome(int number) {
        return PipelineWorld.outcome(world.commitOf(number));
    }
}
