package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.RetryStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What the writer tells itself cannot be handled, until its cause is mended: then all goes on. */
class SagaPoisonTest {

    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration A_WHILE = Duration.ofMinutes(3);

    /** A timer that came to nothing is tried anew within so long. */
    private static final Duration AN_HOUR_OR_SO = Duration.ofMinutes(65);

    @ParameterizedTest
    @ValueSource(strings = {"TAKE_ITEMS", "INITIATE_SHOPPING"})
    void a_saga_whose_reply_after_the_pivot_was_poison_hears_it_again_when_it_asks_again(
            String step) {
        SagaWorld world = replyIsPoison(step);

        world.world.run(A_WHILE);
        assertThat(world.history()).last().isEqualTo("OrderApproved");
        assertThat(applied(world, step)).isEqualTo(1);
        assertThat(world.log.timers()).isEmpty();
    }

    @Test
    void a_saga_whose_reply_was_poison_goes_on_at_once_when_it_is_told_to() {
        SagaWorld told = replyIsPoison("TAKE_ITEMS");
        told.send(RetryStep.newBuilder().setId(told.order()).setStep("TAKE_ITEMS").build());
        told.world.run(SOON);

        assertThat(told.history()).last().isEqualTo("OrderApproved");
        assertThat(applied(told, "TAKE_ITEMS")).isEqualTo(1);
    }

    @Test
    void an_undo_whose_reply_was_poison_is_heard_again_and_the_money_is_back_once() {
        SagaWorld world = new SagaWorld("MANUAL");
        SagaWorld.Standing before = world.standing();
        world.order(world.twoSoups());
        world.runUntilHappened("OrderReviewRequested");
        world.send(DeclineOrder.newBuilder().setId(world.order()).build());
        world.runUntilHappened("OrderReviewDeclined");
        world.log.invalid(on("SAGA/ORDER/REPLY"));
        world.world.run(SOON);
        assertThat(dead(world, "SAGA/ORDER/REPLY")).isEqualTo(1);
        world.log.invalid(proposed -> false);

        world.world.run(A_WHILE);
        assertThat(world.history()).last().isEqualTo("OrderRejected");
        assertThat(world.standing()).isEqualTo(before);
    }

    @Test
    void a_deadline_whose_wake_up_was_poison_passes_all_the_same() {
        SagaWorld world = new SagaWorld("MANUAL");
        SagaWorld.Standing before = world.standing();
        world.order(world.twoSoups());
        world.runUntilHappened("OrderReviewRequested");
        world.log.invalid(on("SAGA/ORDER/WAKE"));
        world.world.run(Duration.ofMinutes(20));
        assertThat(dead(world, "SAGA/ORDER/WAKE")).isEqualTo(1);
        world.log.invalid(proposed -> false);

        world.world.run(AN_HOUR_OR_SO);
        assertThat(world.history()).last().isEqualTo("OrderRejected");
        assertThat(world.standing()).isEqualTo(before);
        assertThat(world.log.timers()).isEmpty();
    }

    @Test
    void an_authorization_whose_end_was_poison_ends_all_the_same() {
        SagaWorld world = new SagaWorld("AUTO");
        SagaWorld.Standing before = world.standing();
        world.send(
                AuthorizePayment.newBuilder()
                        .setCustomerId(world.customer())
                        .setAmount("5")
                        .setCurrency("EUR")
                        .setExpiresIn(600)
                        .build());
        world.world.run(SOON);
        Predicate<ProposedCommit> ofAccounts =
                proposed -> proposed.getStream().startsWith("account/");
        world.log.invalid(ofAccounts);
        world.world.run(Duration.ofMinutes(15));
        assertThat(world.log.timers()).hasSize(1);
        world.log.invalid(proposed -> false);

        world.world.run(AN_HOUR_OR_SO);
        assertThat(world.log.timers()).isEmpty();
        assertThat(world.standing()).isEqualTo(before);
    }

    /** A participant did the step, and the order could not take that. */
    private static SagaWorld replyIsPoison(String step) {
        SagaWorld world = new SagaWorld("AUTO");
        world.order(world.twoSoups());
        if (!world.world.time.runUntil(() -> applied(world, step) == 1, A_WHILE)) {
            throw new AssertionError(world.history());
        }
        world.log.invalid(on("SAGA/ORDER/REPLY"));
        world.world.run(SOON);
        assertThat(dead(world, "SAGA/ORDER/REPLY")).isEqualTo(1);
        assertThat(world.history()).doesNotContain("OrderApproved");
        world.log.invalid(proposed -> false);
        return world;
    }

    private static Predicate<ProposedCommit> on(String topic) {
        return proposed -> proposed.getMetadata().getTopic().equals(topic);
    }

    private static long applied(SagaWorld world, String step) {
        return commits(world, commit -> commit.getMetadata().getSaga().getStep().equals(step))
                .stream()
                .filter(commit -> PipelineWorld.outcome(commit).equals("APPLIED"))
                .count();
    }

    private static long dead(SagaWorld world, String topic) {
        return commits(world, commit -> commit.getMetadata().getTopic().equals(topic)).stream()
                .filter(commit -> PipelineWorld.outcome(commit).equals("DEAD_LETTERED(POISON)"))
                .count();
    }

    private static List<Commit> commits(SagaWorld world, Predicate<Commit> wanted) {
        return world.log.commits().stream().filter(wanted).toList();
    }
}
