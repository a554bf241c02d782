package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetcher;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.WiringFactory;

import io.waybill.gateway.graphql.port.CommandIntake;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.graphql.redrive.Redrives;
import io.waybill.wire.identity.Principal;

import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

import java.time.InstantSource;
import java.util.Set;

/** All fields of the schema, wired to the ports. */
public final class Fields implements RuntimeWiringConfigurer {

    /** Names of fields that read singly: a request that selects one anywhere needs batches. */
    public static final Set<String> SINGLE_READS = SingleFields.NAMES;

    private final ViewReads views;
    private final String currency;
    private final CommandIntake intake;
    private final CommandOutcomes outcomes;
    private final ViewChanges changes;

    /**
     * Fields that ask these ports.
     *
     * @param currency of amounts that name none: {@code EUR}
     */
    public Fields(
            ViewReads views,
            ViewChanges changes,
            CommandIntake intake,
            CommandOutcomes outcomes,
            String currency) {
        this.views = views;
        this.changes = changes;
        this.currency = currency;
        this.intake = intake;
        this.outcomes = outcomes;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        wiring.scalar(DateTimeScalar.type())
                .scalar(DecimalScalar.type())
                .wiringFactory(new ByName());
        new SingleFields(views).wire(wiring);
        new ListFields(views).wire(wiring);
        new HistoryFields(views).wire(wiring);
        new SagaFields(InstantSource.system()).wire(wiring);
        new CommandFields(outcomes).wire(wiring);
        new ChangeFields(changes, views).wire(wiring);
        new SubmissionFields(intake, currency).wire(wiring);
        MoneyFields.wire(wiring);
        new DeadLetterFields(new Redrives(views, intake)).wire(wiring);
    }

    /**
     * What one request needs to read singly.
     *
     * @param lasting whether it is a subscription, in which nothing that was read before is fresh
     */
    public DataLoaderRegistry batches(Principal principal, boolean lasting) {
        return ViewBatches.registry(views, principal, lasting);
    }

    /** Whatever is not wired by hand is read from a protobuf view by its name. */
    private static final class ByName implements WiringFactory {

        @Override
        public @Nullable DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
            return new ViewField(environment.getFieldDefinition().getName());
        }
    }
}
