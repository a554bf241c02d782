package io.waybill.gateway.graphql.field;

import com.google.protobuf.Timestamp;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.order.v1.SagaView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;

/** Why a saga waits, in words, and whether it is stuck. */
final class SagaFields {

    private final InstantSource clock;

    SagaFields(InstantSource clock) {
        this.clock = clock;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                TypeRuntimeWiring.newTypeWiring("Saga")
                        .dataFetcher("why", new Of<>(SagaView.class, this::why))
                        .dataFetcher("stuck", new Of<>(SagaView.class, this::stuck))
                        .dataFetcher("tries", new Of<>(SagaView.class, SagaView::getTries)));
    }

    private Object stuck(SagaView saga) {
        boolean goesOnForEver =
                saga.getPhase() == SagaPhase.SAGA_PHASE_COMMITTED
                        || saga.getPhase() == SagaPhase.SAGA_PHASE_UNDOING;
        return goesOnForEver
                && saga.hasDeadline()
                && instant(saga.getDeadline()).isBefore(clock.instant());
    }

    private @Nullable Object why(SagaView saga) {
        if (saga.getWaitsFor().isEmpty()) {
            return null;
        }
        if (saga.getPhase() == SagaPhase.SAGA_PHASE_REVIEW_OPEN) {
            return "waits for a person of the restaurant to approve or decline"
                    + (saga.hasDeadline()
                            ? ", until %s".formatted(instant(saga.getDeadline()))
                            : "");
        }
        boolean undoing = saga.getPhase() == SagaPhase.SAGA_PHASE_UNDOING;
        StringBuilder why =
                new StringBuilder("waits for ")
                        .append(SagaWords.waitsFor(saga.getWaitsFor(), undoing));
        if (saga.hasWaitsSince()) {
            why.append(" since ").append(instant(saga.getWaitsSince()));
        }
        if (saga.getTries() > 1) {
            why.append(", asked %d times".formatted(saga.getTries()));
        }
        if (saga.hasNextWake()) {
            why.append("; asks again at ").append(instant(saga.getNextWake()));
        }
        if (saga.hasDeadline()) {
            why.append(
                    saga.getPhase() == SagaPhase.SAGA_PHASE_RUNNING
                            ? "; gives up at %s".formatted(instant(saga.getDeadline()))
                            : "; was to be done by %s".formatted(instant(saga.getDeadline())));
        }
        return why.toString();
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
