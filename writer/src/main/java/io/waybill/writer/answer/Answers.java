package io.waybill.writer.answer;

import com.google.protobuf.ByteString;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.OutOfOrder;
import io.waybill.proto.queue.v1.RecordedOutcome;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.mqtt.UserProperty;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.intake.CommandQueue;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.intake.PendingCommand;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers commands by the way that their sender listens on, and then lets them be acknowledged.
 * Used on the pipeline's event loop.
 */
public final class Answers {

    private static final String JSON = "application/json";

    private final Post post;
    private final GatewayAnswers gateways;
    private final Consumer<PendingCommand> answered;

    /**
     * Answers over a queue.
     *
     * @param answered hears of each command once its answer is out of the way
     */
    public Answers(EventLoop loop, CommandQueue queue, Consumer<PendingCommand> answered) {
        this.post = new Post(loop, queue);
        this.gateways = new GatewayAnswers(loop, post);
        this.answered = answered;
    }

    /**
     * Answers with what stands in the log for a command, or that it stands for another content.
     *
     * @param store which store and incarnation that log is
     */
    public void recorded(PendingCommand command, Commit commit, StoreInfo store) {
        Optional<Stamp.Sending> sending = command.delivery().sending();
        if (sending.isPresent()) {
            toGateway(
                    command,
                    sending.get(),
                    Answer.newBuilder().setRecorded(outcome(commit)),
                    store);
        } else {
            ByteString own = ByteString.copyFrom(command.fingerprint());
            toClient(
                    command,
                    () ->
                            own.equals(commit.getFingerprint())
                                    ? AnswerJson.recorded(commit)
                                    : AnswerJson.identityReused(command.identity()));
        }
    }

    /**
     * Answers that a command came before its predecessor was recorded, and is dropped.
     *
     * @param store in which it is not recorded
     */
    public void outOfOrder(PendingCommand command, StoreInfo store) {
        command.delivery()
                .sending()
                .ifPresentOrElse(
                        sending ->
                                toGateway(
                                        command,
                                        sending,
                                        Answer.newBuilder()
                                                .setOutOfOrder(OutOfOrder.getDefaultInstance()),
                                        store),
                        () -> answered.accept(command));
    }

    /** Lets a command go that cannot be answered. */
    public void none(PendingCommand command) {
        answered.accept(command);
    }

    /** Whether no answer is on its way. */
    public boolean idle() {
        return post.idle() && gateways.idle();
    }

    private void toGateway(
            PendingCommand command, Stamp.Sending sending, Answer.Builder answer, StoreInfo store) {
        gateways.add(
                sending.gateway(),
                answer.setCommand(command.identity()).setSending(sending.number()).build(),
                store,
                () -> answered.accept(command));
    }

    private void toClient(PendingCommand command, Supplier<byte[]> json) {
        Delivery delivery = command.delivery();
        if (delivery.responseTopic().isEmpty()) {
            answered.accept(command);
            return;
        }
        post.send(
                new OutboundMessage(
                        delivery.responseTopic().get(),
                        json.get(),
                        Optional.of(JSON),
                        Optional.empty(),
                        delivery.correlation(),
                        List.of(new UserProperty(Stamp.PRINCIPAL_PROPERTY, delivery.principal()))),
                () -> answered.accept(command));
    }

    private static RecordedOutcome outcome(Commit commit) {
        return RecordedOutcome.newBuilder()
                .setOutcome(commit.getOutcome())
                .setFingerprint(commit.getFingerprint())
                .setAggregateId(AggregateIds.of(commit.getStream()))
                .setVersion(commit.getVersion())
                .setPosition(commit.getPosition())
                .setDecidedAt(commit.getDecidedAt())
                .build();
    }
}
