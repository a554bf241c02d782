package io.waybill.writer.own;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.ReadyOrder;
import io.waybill.proto.order.v1.RecordReply;
import io.waybill.proto.queue.v1.Door;
import io.waybill.proto.restaurant.v1.Reviewed;
import io.waybill.proto.shopping.v1.ShoppingListCompleted;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.decide.SagaRequest;
import io.waybill.writer.intake.Delivery;
import io.waybill.writer.store.StoreWatch;
import io.waybill.writer.time.ProtoTime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the writer's own commands and hands them on. Used on the pipeline's event loop. */
public final class OwnCommands {

    private static final String REVIEWED = Reviewed.getDescriptor().getFullName();
    private static final String LIST_COMPLETED =
            ShoppingListCompleted.getDescriptor().getFullName();

    private final CommandCatalogue catalogue;
    private final EventLoop loop;
    private final StoreWatch store;
    private final Consumer<Delivery> lanes;

    /**
     * @param lanes where the commands go
     */
    public OwnCommands(
            CommandCatalogue catalogue,
            EventLoop loop,
            StoreWatch store,
            Consumer<Delivery> lanes) {
        this.catalogue = catalogue;
        this.loop = loop;
        this.store = store;
        this.lanes = lanes;
    }

    /** Sends what a saga asks of a participant. */
    public void request(SagaRequest request) {
        SagaCause cause = request.cause();
        String id =
                Ids.sagaCommand(
                        cause.getOrderId(), cause.getStep(), cause.getUndo(), cause.getAttempt());
        send(request.command(), id, Optional.of(cause), Optional.empty(), () -> {});
    }

    /**
     * Sends what a timer causes.
     *
     * @param done runs once, when the command is out of the way
     */
    public void fire(DueTimer due, Runnable done) {
        String stream = due.getStream();
        String timer = due.getTimer().getName();
        Instant at = ProtoTime.toInstant(due.getTimer().getDue());
        send(
                caused(stream, timer, due.getTimer().getTries()),
                Ids.timerCommand(stream, timer, at, due.getPosition(), hoursSince(at)),
                Optional.empty(),
                Optional.of(timer),
                done);
    }

    /**
     * Tells an order what is recorded for it, if a commit is anything that it must hear of.
     *
     * @param done runs once, when the command is out of the way
     * @return whether it is
     */
    public boolean reply(Commit commit, Runnable done) {
        Optional<Message> reply = replyTo(commit);
        reply.ifPresent(
                message ->
                        send(
                                message,
                                replyTo(commit.getCommand()).getCommandId(),
                                Optional.empty(),
                                Optional.empty(),
                                done));
        return reply.isPresent();
    }

    /** The identity of the command by which an order is told what is recorded for another. */
    public static CommandIdentity replyTo(CommandIdentity command) {
        return CommandIdentity.newBuilder()
                .setPrincipal(Principal.SAGA.name())
                .setCommandId(Ids.replyTo(command.getPrincipal(), command.getCommandId()))
                .build();
    }

    /**
     * Tells an order once more what is recorded for it, since it asked again and the first reply is
     * a dead letter. That is another command; an order that knows by now makes nothing of it.
     *
     * @param asked when it asked again
     */
    public void replyAgain(Commit commit, Instant asked) {
        replyTo(commit)
                .ifPresent(
                        message ->
                                send(
                                        message,
                                        Ids.replyAgainTo(
                                                commit.getCommand().getPrincipal(),
                                                commit.getCommand().getCommandId(),
                                                asked),
                                        Optional.empty(),
                                        Optional.empty(),
                                        () -> {}));
    }

    /**
     * What a timer causes may come to nothing, while it stands: then it is tried anew each hour.
     */
    private long hoursSince(Instant due) {
        return Math.max(0, Duration.between(due, loop.now()).toHours());
    }

    private static Optional<Message> replyTo(Commit commit) {
        if (commit.getMetadata().hasSaga()) {
            SagaCause cause = commit.getMetadata().getSaga();
            return Optional.of(
                    RecordReply.newBuilder()
                            .setId(cause.getOrderId())
                            .setStep(cause.getStep())
                            .setUndo(cause.getUndo())
                            .setAttempt(cause.getAttempt())
                            .setOutcome(commit.getOutcome())
                            .setWaits(waits(commit))
                            .build());
        }
        boolean completed =
                commit.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_APPLIED
                        && commit.getEventsList().stream()
                                .anyMatch(event -> event.getType().equals(LIST_COMPLETED));
        return completed
                ? Optional.of(ReadyOrder.newBuilder().setId(idOf(commit.getStream())).build())
                : Optional.empty();
    }

    private static boolean waits(Commit commit) {
        for (RecordedEvent event : commit.getEventsList()) {
            if (event.getType().equals(REVIEWED)) {
                try {
                    return !Reviewed.parseFrom(event.getData()).getApproved();
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(
                            "the review at position %d cannot be read"
                                    .formatted(commit.getPosition()),
                            e);
                }
            }
        }
        return false;
    }

    /** The command that a timer causes: the one of its stream's kind that names the timer. */
    private Message caused(String stream, String timer, int tries) {
        String aggregate = stream.substring(0, stream.indexOf('/'));
        int slash = timer.indexOf('/');
        String kind = slash < 0 ? timer : timer.substring(0, slash);
        CommandType type =
                catalogue
                        .firedBy(aggregate, kind)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no command is caused by the timer %s of %s"
                                                        .formatted(timer, stream)));
        Descriptor fields = type.message();
        Message.Builder command = type.newBuilder().setField(type.idField(), idOf(stream));
        FieldDescriptor count = fields.findFieldByName("tries");
        if (count != null) {
            command.setField(count, tries);
        }
        if (slash >= 0) {
            command.setField(fields.findFieldByName(kind + "_id"), timer.substring(slash + 1));
        }
        return command.build();
    }

    private static String idOf(String stream) {
        return stream.substring(stream.indexOf('/') + 1);
    }

    private void send(
            Message command,
            String commandId,
            Optional<SagaCause> cause,
            Optional<String> timer,
            Runnable done) {
        Stamp stamp =
                new Stamp(
                        Principal.SAGA.name(),
                        commandId,
                        Door.DOOR_SAGA,
                        loop.now(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        cause,
                        Optional.empty());
        String topic = catalogue.of(command.getDescriptorForType()).topic();
        lanes.accept(
                Delivery.own(
                        topic,
                        command.toByteArray(),
                        stamp,
                        new Delivery.OwnOrigin(timer, store.incarnation()),
                        loop.nanoTime(),
                        done));
    }
}
