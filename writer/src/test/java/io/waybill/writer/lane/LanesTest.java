package io.waybill.writer.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.proto.contact.v1.AuthorizeCustomer;
import io.waybill.proto.queue.v1.Door;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.intake.Delay;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.intake.DeliveryReader;
import io.waybill.writer.intake.PendingCommand;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.poison.CommandNotes;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class LanesTest {

    private final VirtualTime time = new VirtualTime(1, Instant.parse("2026-01-01T09:00:00Z"));
    private final VirtualEventLoop loop = time.loop("writer");
    private final List<List<String>> begun = new ArrayList<>();
    private final Lanes lanes = new Lanes(loop, (stream, group) -> begun.add(ids(group)));
    private final DeliveryReader reader =
            new DeliveryReader(CommandCatalogue.standard(), CommandNotes.none(), time.random());

    @Test
    void nothing_begins_before_the_lanes_are_opened() {
        lanes.add(command(1, 10, Duration.ZERO));
        assertThat(begun).isEmpty();
        lanes.open();
        assertThat(begun).containsExactly(List.of("10"));
    }

    @Test
    void a_lane_has_one_group_at_a_time_and_those_that_gather_meanwhile_go_together() {
        lanes.open();
        lanes.add(command(1, 10, Duration.ZERO));
        lanes.add(command(1, 11, Duration.ZERO));
        lanes.add(command(1, 12, Duration.ZERO));
        lanes.add(command(2, 20, Duration.ZERO));
        assertThat(begun).containsExactly(List.of("10"), List.of("20"));

        lanes.done(stream(1), List.of());
        assertThat(begun.getLast()).containsExactly("11", "12");
    }

    @Test
    void those_that_begin_again_come_before_those_that_wait() {
        lanes.open();
        PendingCommand first = command(1, 10, Duration.ZERO);
        lanes.add(first);
        lanes.add(command(1, 11, Duration.ZERO));
        lanes.done(stream(1), List.of(first));

        assertThat(begun.getLast()).containsExactly("10", "11");
    }

    @Test
    void what_waits_for_its_delay_holds_up_no_other_lane() {
        lanes.open();
        lanes.add(command(1, 10, Duration.ofSeconds(3)));
        lanes.add(command(2, 20, Duration.ofSeconds(1)));
        time.run(Duration.ofSeconds(1));
        assertThat(begun).containsExactly(List.of("20"));
        time.run(Duration.ofSeconds(2));
        assertThat(begun).containsExactly(List.of("20"), List.of("10"));
    }

    @Test
    void a_lane_keeps_its_order_where_a_later_command_is_due_first() {
        lanes.open();
        lanes.add(command(1, 10, Duration.ofSeconds(3)));
        lanes.add(command(1, 11, Duration.ofSeconds(1)));
        time.run(Duration.ofSeconds(3));

        assertThat(begun).containsExactly(List.of("10", "11"));
    }

    @Test
    void what_the_writer_itself_sends_waits_for_nobody_elses_delay() {
        lanes.open();
        lanes.add(command(1, 10, Duration.ofSeconds(3)));
        lanes.add(own(1, 11));
        lanes.add(own(1, 12));
        assertThat(begun).containsExactly(List.of("11"));

        lanes.done(stream(1), List.of());
        lanes.done(stream(1), List.of());
        time.run(Duration.ofSeconds(3));
        assertThat(begun).containsExactly(List.of("11"), List.of("12"), List.of("10"));
    }

    @Test
    void what_was_due_before_it_comes_before_it() {
        lanes.add(command(1, 10, Duration.ZERO));
        lanes.add(command(1, 11, Duration.ofSeconds(2)));
        time.run(Duration.ofSeconds(1));
        lanes.add(own(1, 12));
        time.run(Duration.ofSeconds(2));
        lanes.add(own(1, 13));
        lanes.open();

        assertThat(begun).containsExactly(List.of("10", "12", "11", "13"));
    }

    @Test
    void an_idle_lane_takes_no_memory() {
        lanes.open();
        for (int i = 0; i < 100; i++) {
            lanes.add(command(i, i, Duration.ZERO));
        }
        assertThat(lanes.size()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            lanes.done(stream(i), List.of());
        }
        assertThat(lanes.size()).isZero();
    }

    @Test
    void dropping_leaves_what_has_begun() {
        lanes.open();
        lanes.add(command(1, 10, Duration.ZERO));
        lanes.add(command(1, 11, Duration.ZERO));
        lanes.add(command(2, 20, Duration.ofSeconds(1)));

        assertThat(lanes.drop(command -> true)).isEqualTo(2);
        assertThat(lanes.size()).isEqualTo(1);
        lanes.done(stream(1), List.of());
        assertThat(lanes.size()).isZero();
        time.run(Duration.ofSeconds(2));
        assertThat(begun).containsExactly(List.of("10"));
    }

    private PendingCommand command(int contact, int number, Duration delay) {
        var message =
                Commands.fromGateway(
                        Commands.update(Commands.id(contact), "x"),
                        Commands.id(number),
                        loop.now(),
                        1,
                        Optional.empty());
        return reader.read(Delivery.of(message, loop.now(), loop.nanoTime(), new Delay(delay), 0));
    }

    private PendingCommand own(int contact, int number) {
        Message command = AuthorizeCustomer.newBuilder().setId(Commands.id(contact)).build();
        Stamp stamp =
                new Stamp(
                        Principal.SAGA.name(),
                        Commands.id(number),
                        Door.DOOR_SAGA,
                        loop.now(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return reader.read(
                Delivery.own(
                        Commands.topic(command),
                        command.toByteArray(),
                        stamp,
                        new Delivery.OwnOrigin(Optional.empty(), "i1"),
                        loop.nanoTime(),
                        () -> {}));
    }

    private static String stream(int contact) {
        return "contact/" + Commands.id(contact);
    }

    private static List<String> ids(List<PendingCommand> group) {
        return group.stream()
                .map(command -> command.identity().getCommandId())
                .map(id -> Integer.toString((int) Long.parseLong(id.substring(24), 16)))
                .toList();
    }
}
