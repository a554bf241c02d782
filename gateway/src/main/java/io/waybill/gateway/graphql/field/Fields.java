package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetcher;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.WiringFactory;

import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.graphql.port.ContactReads;
import io.waybill.wire.identity.Principal;

import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

import java.util.Set;

/** All fields of the schema, wired to the ports. */
public final class Fields implements RuntimeWiringConfigurer {

    /** The fields at the top that read single contacts. */
    public static final Set<String> SINGLE_READS = Set.of("contact", "getContact");

    private final ContactReads contacts;
    private final CommandIntake intake;
    private final CommandOutcomes outcomes;

    /** Fields that ask these ports. */
    public Fields(ContactReads contacts, CommandIntake intake, CommandOutcomes outcomes) {
        this.contacts = contacts;
        this.intake = intake;
        this.outcomes = outcomes;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        wiring.scalar(DateTimeScalar.type()).wiringFactory(new ByName());
        new ContactFields(contacts).wire(wiring);
        new CommandFields(outcomes).wire(wiring);
        new SubmissionFields(intake).wire(wiring);
    }

    /** What one request needs to read single contacts in batches. */
    public DataLoaderRegistry batches(Principal principal) {
        return ContactBatches.registry(contacts, principal);
    }

    /** Whatever is not wired by hand is read from a protobuf view by its name. */
    private static final class ByName implements WiringFactory {

        @Override
        public @Nullable DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
            return new ViewField(environment.getFieldDefinition().getName());
        }
    }
}
