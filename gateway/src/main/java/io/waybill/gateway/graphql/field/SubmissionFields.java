package io.waybill.gateway.graphql.field;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.catalogue.v1.Sender;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The mutations. Each is a command of the catalogue whose fields are the mutation's arguments of
 * the same name; checking them is the submission's.
 */
final class SubmissionFields {

    /** The message and its mutation have one name, but for the first letter. */
    static String mutation(CommandType command) {
        String message = command.message().getName();
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static final String KEY = "idempotencyKey";

    private static final String CURRENCY = "currency";

    private final CommandIntake intake;
    private final String currency;

    /**
     * @param currency of amounts that name none
     */
    SubmissionFields(CommandIntake intake, String currency) {
        this.intake = intake;
        this.currency = currency;
    }

    void wire(RuntimeWiring.Builder wiring) {
        TypeRuntimeWiring.Builder mutations = TypeRuntimeWiring.newTypeWiring("Mutation");
        for (CommandType command : CommandCatalogue.standard().types()) {
            if (command.sender() == Sender.SENDER_CLIENT) {
                mutations.dataFetcher(
                        mutation(command), environment -> submit(environment, command.prototype()));
            }
        }
        wiring.type(mutations)
                .type(
                        TypeRuntimeWiring.newTypeWiring("Submitted")
                                .dataFetcher("status", of(accepted -> "OK"))
                                .dataFetcher("message", of(Accepted::acknowledgement))
                                .dataFetcher("commandId", of(Accepted::commandId))
                                .dataFetcher("id", of(Accepted::aggregateId)));
    }

    private CompletableFuture<Accepted> submit(
            DataFetchingEnvironment environment, Message prototype) {
        Asker asker = Asker.of(environment);
        return intake.submit(
                asker.principal(),
                command(prototype, environment.getArguments()),
                Arguments.idempotencyKey(environment),
                asker.traceParent());
    }

    /** The command with these arguments; one that is null is not given. */
    private Message command(Message prototype, Map<String, ? extends @Nullable Object> arguments) {
        Message command = Inputs.message(prototype, arguments, KEY);
        FieldDescriptor field = command.getDescriptorForType().findFieldByName(CURRENCY);
        boolean named = field == null || command.hasField(field);
        return named ? command : command.toBuilder().setField(field, currency).build();
    }

    private static Of<Accepted> of(Function<Accepted, @Nullable Object> value) {
        return new Of<>(Accepted.class, value);
    }
}
