package io.waybill.writer;

import static io.waybill.writer.memory.Commands.add;
import static io.waybill.writer.memory.Commands.delete;
import static io.waybill.writer.memory.Commands.id;
import static io.waybill.writer.memory.Commands.identity;
import static io.waybill.writer.memory.Commands.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.StoreInfo;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What holds when the store is restored, or is another one. */
class StoreChangeTest {

    private static final Duration NONE = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(50);

    private final PipelineWorld world = PipelineWorld.started(NONE);

    @Test
    void a_restored_store_is_taken_with_empty_caches() {
        String contact = world.addContact(1);
        world.send(delete(contact), 2);
        world.run(SOON);
        world.log.restoreWithout(1);
        world.run(Duration.ofSeconds(3));
        world.send(update(contact, "back"), 3);
        world.run(SOON);

        assertThat(world.outcomes()).containsExactly("APPLIED", "APPLIED");
        assertThat(world.log.version("contact/" + contact)).isEqualTo(2);
    }

    @Test
    void commits_on_their_way_when_the_store_is_restored_are_decided_again() {
        String contact = world.addContact(1);
        world.send(delete(contact), 2);
        world.run(SOON);
        world.log.down(true);
        world.send(update(contact, "back"), 3);
        world.run(Duration.ofSeconds(1));
        world.log.restoreWithout(1);
        world.log.down(false);
        world.run(Duration.ofSeconds(5));

        assertThat(world.outcomes()).containsExactly("APPLIED", "APPLIED");
        assertThat(world.commitOf(3).getVersion()).isEqualTo(2);
    }

    @Test
    void nothing_is_recorded_that_was_decided_on_what_a_restore_undid() {
        String contact = world.addContact(1);
        world.send(delete(contact), 2);
        world.run(Duration.ofSeconds(2));
        world.log.restoreWithout(1);
        renameBehindTheWritersBack(world, contact);
        world.send(update(contact, "alive"), 3);
        world.run(Duration.ofSeconds(1));

        assertThat(world.outcomes()).containsExactly("APPLIED", "APPLIED", "APPLIED");
        assertThat(world.commitOf(3).getVersion()).isEqualTo(3);
        assertThat(world.batches().getLast().getIncarnation()).isEqualTo("i1+");
        assertThat(world.batches().getFirst().getIncarnation()).isEqualTo("i1");
    }

    @Test
    void an_answer_that_a_restore_undid_moves_no_order() {
        Shop shop = new Shop(world, "AUTO");
        String order = "order/" + shop.order();
        shop.runUntil("account/" + shop.customer, "PaymentDebited");
        world.log.down(true);
        world.run(Duration.ofSeconds(1));
        world.log.restoreWithout(1);
        world.log.down(false);
        world.run(Duration.ofMinutes(1));

        assertThat(shop.happened(order)).endsWith("OrderApproved");
        assertThat(shop.happened("account/" + shop.customer))
                .containsExactly("Deposited", "PaymentDebited");
    }

    @Test
    void an_answer_that_a_restore_kept_moves_its_order() {
        Shop shop = new Shop(world, "AUTO");
        String order = "order/" + shop.order();
        shop.runUntil("restaurant/" + shop.restaurant, "ItemsTaken");
        world.log.down(true);
        world.run(Duration.ofSeconds(1));
        world.log.restoreWithout(0);
        world.log.down(false);
        world.run(Duration.ofMinutes(1));

        assertThat(shop.happened(order)).endsWith("OrderApproved");
        assertThat(shop.happened("restaurant/" + shop.restaurant)).containsOnlyOnce("ItemsTaken");
    }

    @Test
    void an_answer_is_heard_again_when_the_feed_broke_off_before_the_restore() {
        Shop shop = new Shop(world, "AUTO");
        String order = "order/" + shop.order();
        shop.runUntil("account/" + shop.customer, "PaymentDebited");
        world.log.down(true);
        world.run(SOON);
        world.log.breakOff();
        renameBehindTheWritersBack(world, shop.customer);
        world.log.restoreWithout(0);
        world.log.down(false);
        world.run(Duration.ofMinutes(1));

        assertThat(shop.happened(order)).endsWith("OrderApproved");
    }

    @Test
    void a_writer_that_starts_on_another_store_than_before_decides_nothing() {
        PipelineWorld other = new PipelineWorld(NONE);
        other.memory.remember(StoreInfo.newBuilder().setStoreId("mine").setPartitions(1).build());
        other.pipeline.start();
        other.send(add("Ada"), 1);
        other.run(Duration.ofMinutes(1));

        assertThat(other.pipeline.status().stopped().orElseThrow())
                .contains("store s")
                .contains("store mine");
        assertThat(other.log.appendCalls()).isZero();
        assertThat(other.queue.unacknowledged()).isEqualTo(1);
        assertThat(other.queue.published()).isEmpty();
    }

    @Test
    void another_store_stops_the_writer_and_it_says_so() {
        world.log.store(
                StoreInfo.newBuilder()
                        .setStoreId("other")
                        .setPartitions(1)
                        .setIncarnation("i1")
                        .build());
        world.run(Duration.ofSeconds(3));
        world.send(add("Ada"), 1);
        world.run(SOON);

        assertThat(world.pipeline.status().stopped().orElseThrow()).contains("other");
        assertThat(world.log.commits()).isEmpty();
        assertThat(world.queue.unacknowledged()).isEqualTo(1);
    }

    private static void renameBehindTheWritersBack(PipelineWorld world, String contact) {
        world.log.write(
                List.of(
                        ProposedCommit.newBuilder()
                                .setStream("contact/" + contact)
                                .setExpectedVersion(1)
                                .setCommand(identity(id(998)))
                                .setOutcome(world.log.commits().getFirst().getOutcome())
                                .addEvents(
                                        RecordedEvent.newBuilder()
                                                .setType("waybill.contact.v1.ContactUpdated"))
                                .build()));
    }
}
