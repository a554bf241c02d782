package io.waybill.gateway.graphql.field;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The mutations. Each is a command of the catalogue whose fields are the mutation's arguments of
 * the same name; checking them is the submission's.
 */
final class SubmissionFields {

    /** Which command a mutation submits. */
    static final Map<String, Message> COMMANDS =
            Map.of(
                    "addContact", AddContact.getDefaultInstance(),
                    "updateContact", UpdateContact.getDefaultInstance(),
                    "deleteContact", DeleteContact.getDefaultInstance());

    private static final String KEY = "idempotencyKey";

    private final CommandIntake intake;

    SubmissionFields(CommandIntake intake) {
        this.intake = intake;
    }

    void wire(RuntimeWiring.Builder wiring) {
        TypeRuntimeWiring.Builder mutations = TypeRuntimeWiring.newTypeWiring("Mutation");
        COMMANDS.forEach(
                (name, prototype) ->
                        mutations.dataFetcher(name, environment -> submit(environment, prototype)));
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
    static Message command(Message prototype, Map<String, ? extends @Nullable Object> arguments) {
        Message.Builder command = prototype.newBuilderForType();
        arguments.forEach(
                (name, value) -> {
                    if (value != null && !name.equals(KEY)) {
                        FieldDescriptor field =
                                ViewField.find(prototype.getDescriptorForType(), name);
                        command.setField(field, value);
                    }
                });
        return command.build();
    }

    private static Of<Accepted> of(Function<Accepted, @Nullable Object> value) {
        return new Of<>(Accepted.class, value);
    }
}
