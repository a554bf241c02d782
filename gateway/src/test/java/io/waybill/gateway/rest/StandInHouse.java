package io.waybill.gateway.rest;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.grpc.MethodDescriptor;
import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.follow.Follower;
import io.waybill.gateway.follow.Following;
import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The rest of the gateway in memory: what is submitted stays undecided until a test says otherwise,
 * and what is read is what a test has put.
 */
final class StandInHouse implements ViewReads, CommandIntake, CommandOutcomes {

    static final Instant ACCEPTED = Instant.parse("2026-01-31T12:34:56.789Z");

    /** A command that was accepted. */
    record Submitted(
            Principal principal,
            Command command,
            Accepted accepted,
            Optional<String> key,
            Optional<String> trace) {}

    /** A question to the reader. */
    record Asked(Principal principal, Message request, Freshness freshness) {}

    final List<Submitted> submitted = new CopyOnWriteArrayList<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final Map<String, OutboxEntry> undecided = new ConcurrentHashMap<>();
    final Map<String, CommandStatus> statuses = new ConcurrentHashMap<>();
    final Map<String, Message> views = new ConcurrentHashMap<>();
    final Map<String, Message> pages = new ConcurrentHashMap<>();

    /** What is readable only at the log's end. */
    final Map<String, Message> lagging = new ConcurrentHashMap<>();

    volatile @Nullable WaybillException readerTrouble;
    volatile @Nullable WaybillException intakeTrouble;

    RestPorts ports() {
        return new RestPorts(
                this, this, this, stream -> Optional.ofNullable(undecided.get(stream)));
    }

    void clear() {
        submitted.clear();
        asked.clear();
        undecided.clear();
        statuses.clear();
        views.clear();
        pages.clear();
        lagging.clear();
        readerTrouble = null;
        intakeTrouble = null;
    }

    /** Lets the reader know something. */
    void put(ViewKind kind, Message view) {
        views.put(kind + "/" + kind.id(view), view);
    }

    /** Decides all that was submitted, as far as this gateway knows. */
    void decideAll() {
        undecided.clear();
    }

    @Override
    public CompletableFuture<Accepted> submit(
            Principal principal,
            Message message,
            Optional<String> key,
            Optional<String> trace,
            Optional<String> cause) {
        WaybillException trouble = intakeTrouble;
        if (trouble != null) {
            return CompletableFuture.failedFuture(trouble);
        }
        return switch (CommandCatalogue.standard()
                .of(message.getDescriptorForType())
                .read(message)) {
            case Reading.Valid(Command command) ->
                    CompletableFuture.completedFuture(accept(principal, command, key, trace));
            case Reading.Invalid invalid -> throw new AssertionError(invalid.sentence());
            case Reading.Undecodable undecodable -> throw new AssertionError(undecodable);
        };
    }

    private Accepted accept(
            Principal principal, Command command, Optional<String> key, Optional<String> trace) {
        String id =
                key.map(given -> Ids.commandId(principal.name(), given, command))
                        .orElseGet(() -> Ids.newId(System.currentTimeMillis()));
        String aggregate = command.aggregateId(principal.name(), id);
        Accepted accepted = new Accepted(id, aggregate, command.type().acknowledgement(), ACCEPTED);
        submitted.add(new Submitted(principal, command, accepted, key, trace));
        undecided.put(
                command.type().aggregate() + "/" + aggregate,
                OutboxEntry.newBuilder()
                        .setPayload(command.message().toByteString())
                        .setMetadata(
                                Metadata.newBuilder()
                                        .setTopic(command.type().topic())
                                        .setAcceptedAt(
                                                Timestamp.newBuilder()
                                                        .setSeconds(ACCEPTED.getEpochSecond())
                                                        .setNanos(ACCEPTED.getNano())))
                        .build());
        statuses.put(
                principal + "/" + id,
                new CommandStatus.Pending(id, command.type().topic(), aggregate, ACCEPTED, ""));
        return accepted;
    }

    @Override
    public CompletableFuture<Optional<CommandStatus>> status(
            Principal principal, String commandId) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(statuses.get(principal + "/" + commandId)));
    }

    @Override
    public Following follow(Principal principal, String commandId, Follower follower) {
        throw new AssertionError("REST follows nothing");
    }

    @Override
    public CompletableFuture<List<Message>> byIds(
            Principal principal, ViewKind kind, List<String> ids, Freshness freshness) {
        asked.add(new Asked(principal, kind.request(ids), freshness));
        WaybillException trouble = readerTrouble;
        if (trouble != null) {
            return CompletableFuture.failedFuture(trouble);
        }
        return CompletableFuture.completedFuture(
                ids.stream()
                        .map(id -> Optional.ofNullable(view(kind + "/" + id, freshness)))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private @Nullable Message view(String key, Freshness freshness) {
        Message late = freshness instanceof Freshness.LogEnd ? lagging.get(key) : null;
        return late == null ? views.get(key) : late;
    }

    @Override
    @SuppressWarnings("unchecked") // a test puts the response of the method
    public <Q extends Message, A extends Message> CompletableFuture<A> ask(
            Principal principal, MethodDescriptor<Q, A> method, Q request, Freshness freshness) {
        asked.add(new Asked(principal, request, freshness));
        WaybillException trouble = readerTrouble;
        Message page = pages.get(method.getBareMethodName());
        if (trouble != null || page == null) {
            return CompletableFuture.failedFuture(
                    trouble != null
                            ? trouble
                            : new WaybillException(ErrorCode.UNAVAILABLE, "nothing was put"));
        }
        return CompletableFuture.completedFuture((A) page);
    }
}
