package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.proto.account.v1.DebitPayment;
import io.waybill.proto.account.v1.VoidPayment;
import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.contact.v1.AuthorizeCustomer;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.EventsProto;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.order.v1.RecordReply;
import io.waybill.proto.order.v1.StepEnd;
import io.waybill.proto.order.v1.StepsProto;
import io.waybill.proto.order.v1.WakeOrder;
import io.waybill.proto.restaurant.v1.ReserveItems;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.writer.decide.Asked;
import io.waybill.writer.decide.Decision;
import io.waybill.writer.decide.SagaRequest;
import io.waybill.writer.decide.TimerChanges;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.order.Ending;
import io.waybill.writer.order.Order;
import io.waybill.writer.order.OrderEvent;
import io.waybill.writer.saga.Ask;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.Terms;
import io.waybill.writer.time.ProtoTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class OrderCodecTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00.123456Z");
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final String CUSTOMER = "0190a6e2-0000-7000-8000-00000000000c";
    private static final String RESTAURANT = "0190a6e2-0000-7000-8000-00000000000d";
    private static final String PAYMENT = "0190a6e2-0000-7000-8000-00000000000e";

    private static final Terms TERMS =
            new Terms(
                    ID,
                    CUSTOMER,
                    RESTAURANT,
                    List.of(
                            new Item("pizza", "Pizza", Money.of("EUR", 950), 2),
                            new Item("salad", "salad", Money.of("EUR", 405), 1)),
                    Money.of("EUR", 2305),
                    PAYMENT);

    private final OrderCodec codec = new OrderCodec(SagaSettings.usual());

    static Stream<OrderEvent> events() {
        return Stream.of(
                        Stream.of(
                                new OrderEvent.Created(TERMS, AT),
                                new OrderEvent.ReviewRequested(ID, AT.plusSeconds(900), AT),
                                new OrderEvent.ReviewApproved(ID, true, AT),
                                new OrderEvent.ReviewApproved(ID, false, AT),
                                new OrderEvent.ReviewDeclined(ID, "no more dough", AT),
                                new OrderEvent.CancelRequested(ID, AT),
                                new OrderEvent.StepRefused(
                                        ID,
                                        Step.REVIEW,
                                        RefusalCode.RESTAURANT_CLOSED,
                                        "it is closed",
                                        "restaurant_id",
                                        AT),
                                new OrderEvent.StepFailed(
                                        ID,
                                        Step.DEBIT_PAYMENT,
                                        true,
                                        3,
                                        RefusalCode.STEP_FAILED,
                                        "it made no sense",
                                        AT),
                                new OrderEvent.Approved(ID, AT),
                                new OrderEvent.Ready(ID, AT),
                                new OrderEvent.Collected(ID, AT),
                                new OrderEvent.Rejected(
                                        ID,
                                        new Ending.Rejection(
                                                Step.RESERVE_ITEMS,
                                                RefusalCode.OUT_OF_STOCK,
                                                "none left"),
                                        AT),
                                new OrderEvent.Cancelled(ID, AT)),
                        Arrays.stream(Step.values())
                                .filter(step -> step != Step.REVIEW && !step.asksNobody())
                                .map(step -> new OrderEvent.StepDone(ID, step, AT)),
                        Arrays.stream(Step.values())
                                .filter(Step::isUndoable)
                                .map(step -> new OrderEvent.StepUndone(ID, step, AT)))
                .flatMap(events -> events);
    }

    static Stream<Descriptor> messages_that_end_a_step() {
        return EventsProto.getDescriptor().getMessageTypes().stream()
                .filter(event -> event.getOptions().hasExtension(StepsProto.ends));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_read_back_as_it_was_written(OrderEvent event) {
        assertThat(OrderEvents.read(OrderEvents.write(event))).isEqualTo(event);
    }

    @Test
    void every_message_of_an_order_s_events_is_one_of_these() {
        assertThat(events().map(OrderEvents::write).map(RecordedEvent::getType).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        EventsProto.getDescriptor().getMessageTypes().stream()
                                .map(Descriptor::getFullName)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("messages_that_end_a_step")
    void a_message_that_ends_a_step_has_the_fields_of_all_of_them_and_no_others(
            Descriptor message) {
        assertThat(fields(message)).isEqualTo(fields(StepEnd.getDescriptor()));
    }

    @Test
    void an_event_tells_by_its_name_which_step_it_ends() {
        assertThat(OrderEvents.write(new OrderEvent.StepDone(ID, Step.RESERVE_ITEMS, AT)).getType())
                .isEqualTo("waybill.order.v1.OrderItemsReserved");
        assertThat(
                        OrderEvents.write(new OrderEvent.StepUndone(ID, Step.DEBIT_PAYMENT, AT))
                                .getType())
                .isEqualTo("waybill.order.v1.OrderPaymentVoided");
    }

    @Test
    void an_unknown_event_is_a_fault_that_names_it() {
        RecordedEvent unknown = RecordedEvent.newBuilder().setType("waybill.Other").build();

        assertThatThrownBy(() -> OrderEvents.read(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'waybill.Other' is not an event of an order");
    }

    @Test
    void a_new_order_is_stored_with_its_first_request_and_its_wake_up() {
        Decision.Accepted created = accepted(create(), codec.initial());

        assertThat(created.events())
                .containsExactly(OrderEvents.write(new OrderEvent.Created(TERMS, AT)));
        assertThat(created.requests())
                .containsExactly(
                        new SagaRequest(
                                AuthorizeCustomer.newBuilder().setId(CUSTOMER).build(),
                                SagaCause.newBuilder()
                                        .setOrderId(ID)
                                        .setStep("AUTHORIZE_CUSTOMER")
                                        .setAttempt(1)
                                        .build()));
        assertThat(created.timers())
                .isEqualTo(
                        new TimerChanges(
                                List.of(
                                        Timer.newBuilder()
                                                .setName("saga")
                                                .setDue(ProtoTime.of(AT.plusSeconds(1)))
                                                .setTries(1)
                                                .setDeadline(ProtoTime.of(AT.plusSeconds(30)))
                                                .build()),
                                List.of()));
    }

    @Test
    void each_answer_leads_to_the_next_participant_s_own_command() {
        Order order = after(Step.AUTHORIZE_CUSTOMER);
        assertThat(request(order))
                .isEqualTo(
                        ReserveItems.newBuilder()
                                .setId(RESTAURANT)
                                .setOrderId(ID)
                                .addAllItems(ProtoItems.of(TERMS.items()))
                                .build());

        order = after(Step.CREATE_SHOPPING_LIST);
        assertThat(request(order))
                .isEqualTo(
                        DebitPayment.newBuilder()
                                .setCustomerId(CUSTOMER)
                                .setOrderId(ID)
                                .setAmount(ProtoMoney.of(TERMS.total()))
                                .setPaymentId(PAYMENT)
                                .build());
    }

    @Test
    void an_undo_names_the_command_that_it_undoes() {
        Decision.Accepted cancelled =
                accepted(
                        CancelOrder.newBuilder().setId(ID).build(),
                        after(Step.CREATE_SHOPPING_LIST));

        VoidPayment undo = (VoidPayment) cancelled.requests().getFirst().command();
        assertThat(undo.getUndoes().getPrincipal()).isEqualTo("saga");
        assertThat(undo.getUndoes().getCommandId())
                .isEqualTo(Ids.sagaCommand(ID, "DEBIT_PAYMENT", false, 1));
        assertThat(cancelled.requests().getFirst().cause())
                .isEqualTo(
                        SagaCause.newBuilder()
                                .setOrderId(ID)
                                .setStep("DEBIT_PAYMENT")
                                .setUndo(true)
                                .setAttempt(1)
                                .build());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void every_request_is_a_valid_command_that_only_the_saga_may_send(Step step) {
        Stream.of(step.ask(TERMS), step.undo(TERMS))
                .flatMap(Optional::stream)
                .forEach(
                        ask -> {
                            Message command =
                                    SagaRequests.of(ID, new Request(Outstanding.of(step, AT), ask))
                                            .command();
                            assertThat(read(command).type().topic()).startsWith("SAGA/");
                        });
    }

    @Test
    void only_an_undo_s_command_names_another() {
        for (Step step : Step.values()) {
            step.ask(TERMS).ifPresent(ask -> assertThat(undoesField(step, ask)).isEmpty());
            step.undo(TERMS)
                    .ifPresent(ask -> assertThat(undoesField(step, ask)).isEqualTo("undoes"));
        }
    }

    @Test
    void the_end_of_a_saga_clears_its_wake_up() {
        Decision.Accepted cancelled =
                accepted(
                        CancelOrder.newBuilder().setId(ID).build(),
                        fold(codec.initial(), new OrderEvent.Created(TERMS, AT)));

        assertThat(cancelled.timers()).isEqualTo(new TimerChanges(List.of(), List.of("saga")));
    }

    @Test
    void a_wake_up_sends_again_and_stores_no_event() {
        Order order = after(Step.AUTHORIZE_CUSTOMER);

        Decision.Accepted woken =
                accepted(WakeOrder.newBuilder().setId(ID).setTries(1).build(), order);

        assertThat(woken.events()).isEmpty();
        assertThat(woken.requests()).hasSize(1);
        assertThat(woken.timers().set().getFirst().getTries()).isEqualTo(2);
    }

    @Test
    void refusals_keep_their_code_and_their_field() {
        assertThat(decide(ApproveOrder.newBuilder().setId(ID).build(), codec.initial()))
                .isEqualTo(
                        new Decision.Refused(
                                ErrorCode.NOT_FOUND, "order with id " + ID + " not found", "id"));
        for (RefusalCode code : RefusalCode.values()) {
            assertThat(StoredDecision.code(code).name()).isEqualTo(code.name());
        }
    }

    @Test
    void a_decline_keeps_its_reason() {
        Order order =
                fold(
                        after(Step.DEBIT_PAYMENT),
                        new OrderEvent.ReviewRequested(ID, AT.plusSeconds(900), AT));
        Decision.Accepted declined =
                accepted(
                        DeclineOrder.newBuilder().setId(ID).setReason("no more dough").build(),
                        order);

        assertThat(OrderEvents.read(declined.events().getFirst()))
                .isInstanceOfSatisfying(
                        OrderEvent.ReviewDeclined.class,
                        event -> assertThat(event.reason()).isEqualTo("no more dough"));
    }

    @Test
    void recorded_outcomes_become_answers() {
        Order asked = fold(codec.initial(), new OrderEvent.Created(TERMS, AT));

        assertThat(firstEvent(reply(outcome(OutcomeKind.OUTCOME_KIND_APPLIED, "")), asked))
                .isInstanceOf(OrderEvent.StepDone.class);
        assertThat(refusedWith(OutcomeKind.OUTCOME_KIND_REJECTED, "CUSTOMER_DISABLED", asked))
                .isEqualTo(RefusalCode.CUSTOMER_DISABLED);
        assertThat(refusedWith(OutcomeKind.OUTCOME_KIND_REJECTED, "INTERNAL", asked))
                .isEqualTo(RefusalCode.STEP_FAILED);
        assertThat(refusedWith(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED, "POISON", asked))
                .isEqualTo(RefusalCode.STEP_FAILED);
        assertThat(refusedWith(OutcomeKind.OUTCOME_KIND_EXPIRED, "EXPIRED", asked))
                .isEqualTo(RefusalCode.STEP_FAILED);
        assertThatThrownBy(() -> decide(reply(Outcome.getDefaultInstance()), asked))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_answer_that_nobody_waits_for_is_needless() {
        assertThat(
                        decide(
                                reply(outcome(OutcomeKind.OUTCOME_KIND_APPLIED, "")),
                                after(Step.AUTHORIZE_CUSTOMER)))
                .isEqualTo(new Decision.Needless());
    }

    /** The order once a step is done. */
    private Order after(Step done) {
        Order order = fold(codec.initial(), new OrderEvent.Created(TERMS, AT));
        for (Step step = Step.first(); step.compareTo(done) <= 0; step = step.next()) {
            order = fold(order, new OrderEvent.StepDone(ID, step, AT));
        }
        return order;
    }

    private Order fold(Order order, OrderEvent event) {
        return codec.evolve(order, OrderEvents.write(event));
    }

    /** What is sent when nobody answers. */
    private Message request(Order order) {
        return accepted(WakeOrder.newBuilder().setId(ID).setTries(1).build(), order)
                .requests()
                .getFirst()
                .command();
    }

    private OrderEvent firstEvent(Message message, Order order) {
        return OrderEvents.read(accepted(message, order).events().getFirst());
    }

    private RefusalCode refusedWith(OutcomeKind kind, String code, Order order) {
        return ((OrderEvent.StepRefused) firstEvent(reply(outcome(kind, code)), order)).code();
    }

    private Decision.Accepted accepted(Message message, Order order) {
        return (Decision.Accepted) decide(message, order);
    }

    private Decision decide(Message message, Order order) {
        return codec.decide(new Asked(read(message), "command", ID, AT, Optional.empty()), order);
    }

    private static Command read(Message message) {
        return ((Reading.Valid)
                        CommandCatalogue.standard()
                                .of(message.getDescriptorForType())
                                .read(message))
                .command();
    }

    private static CreateOrder create() {
        return CreateOrder.newBuilder()
                .setCustomerId(CUSTOMER)
                .setRestaurantId(RESTAURANT)
                .addOrderItems(
                        OrderItem.newBuilder()
                                .setCode("pizza")
                                .setName("Pizza")
                                .setUnitPrice("9.50")
                                .setQuantity(2))
                .addOrderItems(
                        OrderItem.newBuilder().setCode("salad").setUnitPrice("4.05").setQuantity(1))
                .setCurrency("EUR")
                .setPaymentId(PAYMENT)
                .build();
    }

    private static RecordReply reply(Outcome outcome) {
        return RecordReply.newBuilder()
                .setId(ID)
                .setStep("AUTHORIZE_CUSTOMER")
                .setAttempt(1)
                .setOutcome(outcome)
                .build();
    }

    private static Outcome outcome(OutcomeKind kind, String code) {
        return Outcome.newBuilder().setKind(kind).setCode(code).setMessage("so it is").build();
    }

    private static String undoesField(Step step, Ask ask) {
        return SagaRequests.of(ID, new Request(Outstanding.of(step, AT), ask))
                .command()
                .getDescriptorForType()
                .getOptions()
                .getExtension(OptionsProto.command)
                .getUndoesField();
    }

    private static List<String> fields(Descriptor message) {
        return message.getFields().stream()
                .map(field -> field.getNumber() + " " + field.getName() + " " + type(field))
                .toList();
    }

    private static String type(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && field.getMessageType().equals(Timestamp.getDescriptor())
                ? "timestamp"
                : field.getType().name();
    }
}
