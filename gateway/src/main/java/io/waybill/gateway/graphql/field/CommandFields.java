package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.graphql.port.CommandOutcomes;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What can be read and followed of commands. */
final class CommandFields {

    private final CommandOutcomes outcomes;

    CommandFields(CommandOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(TypeRuntimeWiring.newTypeWiring("Query").dataFetcher("command", this::command))
                .type(
                        TypeRuntimeWiring.newTypeWiring("Subscription")
                                .dataFetcher("commandUpdates", this::commandUpdates))
                .type(
                        TypeRuntimeWiring.newTypeWiring("Command")
                                .dataFetcher("id", of(CommandStatus::commandId))
                                .dataFetcher("status", of(CommandFields::status))
                                .dataFetcher("code", refused(d -> d.outcome().getCode()))
                                .dataFetcher("message", refused(d -> d.outcome().getMessage()))
                                .dataFetcher("field", refused(d -> d.outcome().getField()))
                                .dataFetcher("aggregateId", of(c -> given(c.aggregateId())))
                                .dataFetcher("version", decided(CommandFields::version))
                                .dataFetcher("topic", of(c -> given(c.topic())))
                                .dataFetcher("acceptedAt", of(CommandStatus::acceptedAt))
                                .dataFetcher("redriveOf", of(c -> given(c.redriveOf())))
                                .dataFetcher(
                                        "decidedAt", decided(CommandStatus.Decided::decidedAt)));
    }

    private CompletableFuture<@Nullable CommandStatus> command(
            DataFetchingEnvironment environment) {
        return outcomes.status(Asker.of(environment).principal(), id(environment))
                .thenApply(found -> found.orElse(null));
    }

    private Publisher<CommandStatus> commandUpdates(DataFetchingEnvironment environment) {
        return new CommandUpdates(outcomes, Asker.of(environment).principal(), id(environment));
    }

    private static String id(DataFetchingEnvironment environment) {
        return Arguments.commandId("id", Arguments.text(environment, "id"));
    }

    private static String status(CommandStatus command) {
        return switch (command) {
            case CommandStatus.Pending pending -> "PENDING";
            case CommandStatus.Decided decided ->
                    switch (decided.outcome().getKind()) {
                        case OUTCOME_KIND_APPLIED -> "APPLIED";
                        case OUTCOME_KIND_REJECTED -> "REJECTED";
                        case OUTCOME_KIND_EXPIRED -> "EXPIRED";
                        case OUTCOME_KIND_DEAD_LETTERED -> "DEAD_LETTERED";
                        case OUTCOME_KIND_UNSPECIFIED, UNRECOGNIZED ->
                                throw new IllegalStateException(
                                        "an outcome of no known kind: "
                                                + decided.outcome().getKindValue());
                    };
        };
    }

    private static @Nullable Object version(CommandStatus.Decided decided) {
        return decided.version() == 0 ? null : (int) decided.version();
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Of<CommandStatus> of(Function<CommandStatus, @Nullable Object> value) {
        return new Of<>(CommandStatus.class, value);
    }

    private static Of<CommandStatus> decided(
            Function<CommandStatus.Decided, @Nullable Object> value) {
        return of(
                command ->
                        command instanceof CommandStatus.Decided decided
                                ? value.apply(decided)
                                : null);
    }

    private static Of<CommandStatus> refused(Function<CommandStatus.Decided, String> text) {
        return decided(decided -> given(text.apply(decided)));
    }
}
