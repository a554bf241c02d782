package io.waybill.writer;

import static io.waybill.writer.memory.Commands.add;
import static io.waybill.writer.memory.Commands.contactOf;
import static io.waybill.writer.memory.Commands.delete;
import static io.waybill.writer.memory.Commands.id;
import static io.waybill.writer.memory.Commands.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.wire.mqtt.InboundMessage;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.UserProperty;
import io.waybill.writer.memory.Commands;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What becomes of commands when nothing fails. */
class WriterPipelineTest {

    private static final Duration DELAY = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofMillis(50);

    private final PipelineWorld world = PipelineWorld.started(DELAY);

    @Test
    void a_command_is_appended_then_answered_then_acknowledged() {
        world.send(add("Ada"), 1);
        world.run(DELAY.plus(SOON));

        Commit commit = world.log.commits().getFirst();
        assertThat(commit.getStream()).isEqualTo("contact/" + contactOf(id(1)));
        assertThat(commit.getVersion()).isEqualTo(1);
        assertThat(commit.getMetadata().getDoor()).isEqualTo("GRAPHQL");
        assertThat(commit.getMetadata().getTopic()).isEqualTo("CONTACT/ADD");
        assertThat(commit.getMetadata().getTrace()).isEqualTo("00-trace-01");
        assertThat(world.answers())
                .singleElement()
                .satisfies(
                        answer -> {
                            assertThat(answer.getCommand()).isEqualTo(commit.getCommand());
                            assertThat(answer.getSending()).isEqualTo(1);
                            assertThat(answer.getRecorded().getAggregateId())
                                    .isEqualTo(contactOf(id(1)));
                            assertThat(answer.getRecorded().getFingerprint())
                                    .isEqualTo(commit.getFingerprint());
                        });
        assertThat(world.queue.log())
                .containsExactly("published to GATEWAY/g1/ANSWERS", "acknowledged CONTACT/ADD");
        assertThat(world.pipeline.status().held()).isZero();
    }

    @Test
    void what_is_recorded_is_dated_to_the_microsecond_as_all_that_happens() throws Exception {
        world.loop.stepClock(Duration.ofNanos(-123_456_789));
        world.send(add("Ada"), 1);
        world.run(DELAY.plus(SOON));

        Commit commit = world.log.commits().getFirst();
        ContactAdded added = ContactAdded.parseFrom(commit.getEvents(0).getData());
        assertThat(commit.getDecidedAt().getNanos() % 1_000_000).isEqualTo(543_000);
        assertThat(commit.getDecidedAt()).isEqualTo(added.getAt());
    }

    @Test
    void a_command_is_held_for_the_delay_after_its_acceptance_and_no_longer() {
        world.send(add("Ada"), 1);
        world.run(DELAY.minusMillis(1));
        assertThat(world.log.commits()).isEmpty();
        world.run(Duration.ofMillis(5));
        assertThat(world.log.commits()).hasSize(1);
    }

    @Test
    void a_clock_that_is_behind_holds_a_command_no_longer_than_the_delay() {
        world.loop.stepClock(Duration.ofHours(-1));
        world.send(add("Ada"), 1);
        world.run(DELAY.plus(SOON));

        assertThat(world.outcomes()).containsExactly("APPLIED");
    }

    @Test
    void the_delay_holds_up_no_others() {
        for (int i = 0; i < 10_000; i++) {
            world.send(add("Ada"), i);
        }
        world.run(DELAY.plusMillis(200));

        assertThat(world.log.commits()).hasSize(10_000);
        assertThat(world.queue.acknowledged()).isEqualTo(10_000);
        assertThat(world.log.largestAppend()).isBetween(100, 1_000);
        assertThat(world.log.readCalls()).isZero();
    }

    @Test
    void a_thousand_commands_for_one_contact_are_applied_in_order_a_group_at_a_time() {
        String contact = world.addContact(0);
        int callsBefore = world.log.appendCalls();
        for (int i = 1; i <= 1_000; i++) {
            world.send(update(contact, "name " + i), i, Optional.of(id(i - 1)));
        }
        world.run(DELAY.plusMillis(200));

        assertThat(names(contact))
                .isEqualTo(IntStream.rangeClosed(1, 1_000).mapToObj(i -> "name " + i).toList());
        assertThat(world.log.version("contact/" + contact)).isEqualTo(1_001);
        assertThat(world.log.appendCalls() - callsBefore).isLessThan(12);
        assertThat(world.answers()).hasSize(1_001);
    }

    @Test
    void the_answer_to_a_command_that_comes_again_is_the_recorded_outcome() {
        String contact = world.addContact(1);
        world.send(delete(contact), 2);
        world.run(DELAY.plus(SOON));
        for (int i = 0; i < 4; i++) {
            world.send(delete(contact), 2);
            world.run(DELAY.plus(SOON));
        }

        assertThat(world.outcomes()).containsExactly("APPLIED", "APPLIED");
        assertThat(world.answers().subList(1, 6))
                .extracting(Answer::getRecorded)
                .containsOnly(world.answers().get(1).getRecorded());
        assertThat(world.queue.unacknowledged()).isZero();
    }

    @Test
    void what_follows_a_repeated_command_is_decided_on_what_the_log_says() {
        String contact = world.addContact(1);
        world.send(update(contact, "second"), 2);
        world.run(DELAY.plus(SOON));
        world.send(update(contact, "second"), 2);
        world.send(update(contact, "third"), 3);
        world.run(DELAY.plus(SOON));

        assertThat(names(contact)).containsExactly("second", "third");
        assertThat(world.log.version("contact/" + contact)).isEqualTo(3);
    }

    @Test
    void another_content_under_a_recorded_identity_is_refused_and_nothing_is_recorded() {
        world.sendJson("CONTACT/ADD", "{\"name\":\"Ada\"}", 1);
        world.run(DELAY.plus(SOON));
        world.sendJson("CONTACT/ADD", "{\"name\":\" Ada \"}", 1);
        world.sendJson("CONTACT/ADD", "{\"name\":\"Bob\"}", 1);
        world.run(DELAY.plus(SOON));

        assertThat(world.log.commits()).hasSize(1);
        assertThat(world.replies()).hasSize(3);
        assertThat(world.replies().get(1)).isEqualTo(world.replies().get(0));
        assertThat(world.replies().get(2)).contains("\"REJECTED\"", "\"IDEMPOTENCY_KEY_REUSED\"");
    }

    @Test
    void a_gateway_tells_another_content_by_the_fingerprint_of_the_recorded_one() {
        world.addContact(1);
        world.send(add("Bob"), 1);
        world.run(DELAY.plus(SOON));

        assertThat(world.answers()).hasSize(2);
        assertThat(world.answers().get(1).getRecorded().getFingerprint())
                .isEqualTo(world.log.commits().getFirst().getFingerprint());
    }

    @Test
    void a_command_whose_predecessor_is_not_recorded_is_out_of_order_and_dropped() {
        String contact = world.addContact(1);
        world.send(update(contact, "third"), 3, Optional.of(id(2)));
        world.run(DELAY.plus(SOON));

        assertThat(world.log.commits()).hasSize(1);
        assertThat(world.queue.unacknowledged()).isZero();
        assertThat(world.answers().getLast().hasOutOfOrder()).isTrue();
        assertThat(world.answers().getLast().getSending()).isEqualTo(3);

        world.send(update(contact, "second"), 2, Optional.empty());
        world.send(update(contact, "third"), 3, Optional.of(id(2)));
        world.run(DELAY.plus(SOON));
        assertThat(names(contact)).containsExactly("second", "third");
    }

    @Test
    void a_contact_that_is_not_there_is_refused_with_the_version_it_was_decided_on() {
        String contact = world.addContact(1);
        world.send(delete(contact), 2);
        world.send(update(contact, "x"), 3);
        world.run(DELAY.plus(SOON));

        Commit refusal = world.log.commits().getLast();
        assertThat(world.outcomes()).containsExactly("APPLIED", "APPLIED", "REJECTED(NOT_FOUND)");
        assertThat(refusal.getVersion()).isEqualTo(2);
        assertThat(refusal.getEventsList()).isEmpty();
        assertThat(refusal.getOutcome().getMessage())
                .isEqualTo("contact with id " + contact + " not found");
    }

    @Test
    void an_mqtt_client_gets_json_with_its_own_correlation() {
        world.sendJson("CONTACT/ADD", "{\"name\":\"Ada\"}", 1);
        world.run(DELAY.plus(SOON));

        OutboundMessage reply = world.queue.published().getLast();
        assertThat(world.replies().getFirst())
                .startsWith(
                        "{\"commandId\":\"%s\",\"outcome\":\"APPLIED\",\"id\":\"%s\",\"version\":1,"
                                .formatted(id(1), contactOf(id(1))));
        assertThat(reply.contentType()).contains("application/json");
        assertThat(reply.correlationData()).contains("mine".getBytes(StandardCharsets.UTF_8));
        assertThat(reply.userProperties())
                .containsExactly(new UserProperty("waybill-principal", "anonymous"));
    }

    @Test
    void a_bare_message_of_a_foreign_broker_is_applied_too() {
        world.queue.send(
                new InboundMessage(
                        "CONTACT/ADD",
                        add("Ada").toByteArray(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        () -> {}));
        world.run(DELAY.plus(SOON));

        assertThat(world.outcomes()).containsExactly("APPLIED");
        assertThat(world.queue.log()).containsExactly("acknowledged CONTACT/ADD");
    }

    @Test
    void a_response_topic_under_a_reserved_root_is_not_answered() {
        world.queue.send(
                Commands.fromClient(
                        "CONTACT/ADD",
                        "{\"name\":\"Ada\"}",
                        id(1),
                        world.time.now(),
                        Optional.of("GATEWAY/other/ANSWERS")));
        world.run(DELAY.plus(SOON));

        assertThat(world.queue.published()).isEmpty();
        assertThat(world.queue.unacknowledged()).isZero();
    }

    @Test
    void an_undecodable_payload_is_a_dead_letter_that_keeps_its_beginning() {
        world.sendJson("CONTACT/ADD", "{" + "x".repeat(3_000), 1);
        world.run(DELAY.plus(SOON));

        Commit commit = world.log.commits().getFirst();
        assertThat(world.outcomes()).containsExactly("DEAD_LETTERED(UNDECODABLE)");
        assertThat(commit.getStream()).isEqualTo("command/" + id(1));
        assertThat(commit.getDeadLetter().getPayload().size()).isEqualTo(1_024);
        assertThat(commit.getDeadLetter().getPayloadBytes()).isEqualTo(3_001);
        assertThat(commit.getDeadLetter().getReason()).contains("is not the JSON of a CONTACT/ADD");
        assertThat(world.replies().getFirst()).contains("DEAD_LETTERED", "UNDECODABLE");
    }

    @Test
    void an_invalid_command_is_refused_in_the_stream_that_it_names() {
        String contact = world.addContact(1);
        world.sendJson("CONTACT/UPDATE", "{\"id\":\"" + contact + "\",\"name\":\"\"}", 2);
        world.sendJson("CONTACT/ADD", "{\"name\":\"\"}", 3);
        world.run(DELAY.plus(SOON));

        assertThat(world.outcomes())
                .containsExactly("APPLIED", "REJECTED(BAD_USER_INPUT)", "REJECTED(BAD_USER_INPUT)");
        Commit named =
                world.log.commits().stream()
                        .filter(commit -> commit.getCommand().getCommandId().equals(id(2)))
                        .findFirst()
                        .orElseThrow();
        assertThat(named.getStream()).isEqualTo("contact/" + contact);
        assertThat(named.getVersion()).isEqualTo(1);
        assertThat(named.getOutcome().getField()).isEqualTo("name");
        assertThat(world.log.commits())
                .anyMatch(commit -> commit.getStream().equals("command/" + id(3)));
    }

    @Test
    void a_command_that_comes_past_its_deadline_is_expired() {
        InboundMessage late =
                Commands.fromGateway(
                        add("Ada"),
                        id(1),
                        world.time.now().minus(Duration.ofHours(25)),
                        1,
                        Optional.empty());
        world.queue.send(late);
        world.run(SOON);

        assertThat(world.outcomes()).containsExactly("EXPIRED(EXPIRED)");
        assertThat(world.log.commits().getFirst().getEventsList()).isEmpty();
        assertThat(world.answers().getFirst().getRecorded().getOutcome().getKind())
                .isEqualTo(OutcomeKind.OUTCOME_KIND_EXPIRED);
    }

    @Test
    void without_a_delay_a_command_takes_milliseconds() {
        PipelineWorld quick = PipelineWorld.started(Duration.ZERO);
        quick.send(add("Ada"), 1);
        quick.run(Duration.ofMillis(3));

        assertThat(quick.queue.acknowledged()).isEqualTo(1);
    }

    private List<String> names(String contact) {
        return world.log.commits().stream()
                .filter(commit -> commit.getStream().equals("contact/" + contact))
                .flatMap(commit -> commit.getEventsList().stream())
                .filter(event -> event.getType().endsWith("ContactUpdated"))
                .map(event -> PipelineFailureTest.parse(event.getData(), ContactUpdated.parser()))
                .map(ContactUpdated::getName)
                .toList();
    }
}
