package io.waybill.gateway.graphql.field;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Reading;
import io.waybill.gateway.graphql.redrive.Redrive;
import io.waybill.gateway.graphql.redrive.Redrives;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.command.v1.DeadLetterView;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What could not be handled: shown so that it can do no harm where it is shown, and driven again.
 */
final class DeadLetterFields {

    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private final Redrives redrives;

    DeadLetterFields(Redrives redrives) {
        this.redrives = redrives;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                        TypeRuntimeWiring.newTypeWiring("DeadLetter")
                                .dataFetcher("reason", of(l -> SafeText.of(l.getReason())))
                                .dataFetcher("payload", of(l -> SafeText.of(l.getPayload())))
                                .dataFetcher("json", of(DeadLetterFields::json))
                                .dataFetcher(
                                        "contentType", of(l -> SafeText.of(l.getContentType())))
                                .dataFetcher("redriveOf", of(l -> given(l.getRedriveOf())))
                                .dataFetcher("redrivenBy", of(l -> given(l.getRedrivenBy()))))
                .type(
                        TypeRuntimeWiring.newTypeWiring("Mutation")
                                .dataFetcher("redriveDeadLetter", this::redrive));
    }

    private CompletableFuture<Accepted> redrive(DataFetchingEnvironment environment) {
        Asker asker = Asker.of(environment);
        return redrives.redrive(
                asker.principal(),
                new Redrive(
                        Arguments.commandId("commandId", Arguments.text(environment, "commandId")),
                        Optional.ofNullable(environment.getArgument("payload")),
                        Arguments.idempotencyKey(environment),
                        asker.traceParent()));
    }

    /** The command as it may be driven again, when it was kept whole and keeps every rule. */
    private static @Nullable String json(DeadLetterView letter) {
        return letter.getPayload().size() < letter.getPayloadBytes()
                ? null
                : CommandCatalogue.standard()
                        .onTopic(letter.getTopic())
                        .map(type -> json(type, letter))
                        .orElse(null);
    }

    private static @Nullable String json(CommandType type, DeadLetterView letter) {
        Reading reading = type.read(letter.getPayload().toByteArray(), letter.getContentType());
        try {
            return reading instanceof Reading.Valid(var command)
                    ? JSON.print(command.message())
                    : null;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("every command has a JSON form", e);
        }
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Of<DeadLetterView> of(Function<DeadLetterView, @Nullable Object> value) {
        return new Of<>(DeadLetterView.class, value);
    }
}
