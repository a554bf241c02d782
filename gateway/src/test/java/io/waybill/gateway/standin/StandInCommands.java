package io.waybill.gateway.standin;

import com.google.protobuf.Message;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.follow.Follower;
import io.waybill.gateway.follow.Following;
import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
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
 * Takes commands in and keeps them pending until a test decides them. Checks them as the real one
 * does.
 */
public final class StandInCommands implements CommandIntake, CommandOutcomes {

    private static final Instant ACCEPTED = Instant.parse("2026-01-31T12:34:56.789Z");

    /** A command that was accepted. */
    public record Submitted(
            Principal principal,
            Command command,
            Accepted accepted,
            Optional<String> key,
            Optional<String> trace,
            Optional<String> cause) {}

    private record Followed(Principal principal, String commandId, Follower follower)
            implements Following {

        @Override
        public void close() {}
    }

    private final List<Submitted> submitted = new CopyOnWriteArrayList<>();
    private final Map<String, CommandStatus> statuses = new ConcurrentHashMap<>();
    private final List<Followed> followed = new CopyOnWriteArrayList<>();
    private volatile @Nullable WaybillException refusal;

    public List<Submitted> submitted() {
        return submitted;
    }

    public int followers() {
        return followed.size();
    }

    public void clear() {
        submitted.clear();
        statuses.clear();
        followed.clear();
        refusal = null;
    }

    /** Refuses everything from now on. */
    public void refuse(WaybillException failure) {
        refusal = failure;
    }

    /** Decides a command: whoever follows it hears of it. */
    public synchronized void decide(
            Principal principal, String commandId, OutcomeKind kind, String code) {
        CommandStatus.Decided decided =
                new CommandStatus.Decided(
                        commandId,
                        "CONTACT/ADD",
                        "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e",
                        ACCEPTED,
                        "",
                        Outcome.newBuilder().setKind(kind).setCode(code).build(),
                        1,
                        ACCEPTED.plusSeconds(3));
        statuses.put(principal + "/" + commandId, decided);
        for (Followed one : List.copyOf(followed)) {
            if (one.principal().equals(principal) && one.commandId().equals(commandId)) {
                followed.remove(one);
                one.follower().status(decided);
                one.follower().completed();
            }
        }
    }

    /** Tells all followers that they cannot go on. */
    public void fail(WaybillException failure) {
        for (Followed one : List.copyOf(followed)) {
            followed.remove(one);
            one.follower().failed(failure);
        }
    }

    @Override
    public CompletableFuture<Accepted> submit(
            Principal principal,
            Message message,
            Optional<String> key,
            Optional<String> trace,
            Optional<String> cause) {
        WaybillException refused = refusal;
        if (refused != null) {
            return CompletableFuture.failedFuture(refused);
        }
        return switch (CommandCatalogue.standard()
                .of(message.getDescriptorForType())
                .read(message)) {
            case Reading.Valid valid ->
                    CompletableFuture.completedFuture(
                            accept(principal, valid.command(), key, trace, cause));
            case Reading.Invalid invalid ->
                    CompletableFuture.failedFuture(
                            WaybillException.badInput(
                                    invalid.violations().getFirst().field(), invalid.sentence()));
            case Reading.Undecodable undecodable -> throw new AssertionError(undecodable);
        };
    }

    private Accepted accept(
            Principal principal,
            Command command,
            Optional<String> key,
            Optional<String> trace,
            Optional<String> cause) {
        String id =
                key.map(given -> Ids.commandId(principal.name(), given, command))
                        .orElseGet(() -> Ids.newId(System.currentTimeMillis()));
        Accepted accepted =
                new Accepted(
                        id,
                        command.aggregateId(principal.name(), id),
                        command.type().acknowledgement(),
                        ACCEPTED);
        submitted.add(new Submitted(principal, command, accepted, key, trace, cause));
        statuses.putIfAbsent(
                principal + "/" + id,
                new CommandStatus.Pending(
                        id,
                        command.type().topic(),
                        accepted.aggregateId(),
                        ACCEPTED,
                        cause.orElse("")));
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
        Followed one = new Followed(principal, commandId, follower);
        synchronized (this) {
            CommandStatus now = statuses.get(principal + "/" + commandId);
            if (now != null) {
                follower.status(now);
            }
            if (now instanceof CommandStatus.Decided) {
                follower.completed();
                return () -> {};
            }
            followed.add(one);
        }
        return new Following() {
            @Override
            public void close() {
                followed.remove(one);
            }
        };
    }
}
