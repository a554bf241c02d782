package io.waybill.gateway.graphql.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.order.v1.SagaView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/** Whether a saga is stuck, and the sentence that says why it waits. It is nine o'clock. */
class SagaFieldsTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
    private static final String SCHEMA =
            "type Query { saga: Saga! } type Saga { stuck: Boolean! why: String }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMMITTED | TAKE_ITEMS | 08:59 | true",
                "COMMITTED | TAKE_ITEMS | 09:01 | false",
                "UNDOING | DEBIT_PAYMENT | 08:59 | true",
                "UNDOING | DEBIT_PAYMENT | 09:01 | false",
                "RUNNING | DEBIT_PAYMENT | 08:59 | false",
                "REVIEW_OPEN | REVIEW | 08:59 | false"
            })
    void what_is_late_and_never_gives_up_is_stuck(
            String phase, String step, String deadline, boolean stuck) {
        SagaView saga = waiting(phase, step, deadline).build();

        assertThat(read(saga)).containsEntry("stuck", stuck);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMMITTED | TAKE_ITEMS | waits for the restaurant to take the items out of its stock since 2026-01-01T08:58:00Z, asked 4 times; asks again at 2026-01-01T09:00:30Z; was to be done by 2026-01-01T08:59:00Z",
                "UNDOING | DEBIT_PAYMENT | waits for the money to be given back since 2026-01-01T08:58:00Z, asked 4 times; asks again at 2026-01-01T09:00:30Z; was to be done by 2026-01-01T08:59:00Z",
                "RUNNING | DEBIT_PAYMENT | waits for the account to be debited since 2026-01-01T08:58:00Z, asked 4 times; asks again at 2026-01-01T09:00:30Z; gives up at 2026-01-01T08:59:00Z",
                "REVIEW_OPEN | REVIEW | waits for a person of the restaurant to approve or decline, until 2026-01-01T08:59:00Z"
            })
    void why_it_waits_is_a_sentence(String phase, String step, String why) {
        SagaView saga =
                waiting(phase, step, "08:59")
                        .setWaitsSince(Timestamps.fromMillis(NINE.minusSeconds(120).toEpochMilli()))
                        .setTries(4)
                        .setNextWake(Timestamps.fromMillis(NINE.plusSeconds(30).toEpochMilli()))
                        .build();

        assertThat(read(saga)).containsEntry("why", why);
    }

    @Test
    void what_waits_for_nothing_is_not_stuck_and_says_nothing() {
        SagaView saga = SagaView.newBuilder().setPhase(SagaPhase.SAGA_PHASE_ENDED).build();

        assertThat(read(saga)).containsEntry("stuck", false).containsEntry("why", null);
    }

    private static SagaView.Builder waiting(String phase, String step, String deadline) {
        return SagaView.newBuilder()
                .setPhase(SagaPhase.valueOf("SAGA_PHASE_" + phase))
                .setWaitsFor(step)
                .setDeadline(
                        Timestamps.fromMillis(
                                Instant.parse("2026-01-01T%s:00Z".formatted(deadline))
                                        .toEpochMilli()));
    }

    private static Map<String, Object> read(SagaView saga) {
        RuntimeWiring.Builder wiring =
                RuntimeWiring.newRuntimeWiring()
                        .type(
                                TypeRuntimeWiring.newTypeWiring("Query")
                                        .dataFetcher("saga", environment -> saga));
        new SagaFields(InstantSource.fixed(NINE)).wire(wiring);
        GraphQL graphQl =
                GraphQL.newGraphQL(
                                new SchemaGenerator()
                                        .makeExecutableSchema(
                                                new SchemaParser().parse(SCHEMA), wiring.build()))
                        .build();
        Map<String, Map<String, Object>> data = graphQl.execute("{ saga { stuck why } }").getData();
        return Objects.requireNonNull(data.get("saga"));
    }
}
