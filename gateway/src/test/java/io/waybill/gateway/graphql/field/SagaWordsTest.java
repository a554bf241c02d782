package io.waybill.gateway.graphql.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;

import io.waybill.proto.order.v1.EndedStep;
import io.waybill.proto.order.v1.OrderApproved;
import io.waybill.proto.order.v1.StepsProto;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

class SagaWordsTest {

    static Stream<Descriptor> events_that_end_a_step() {
        return OrderApproved.getDescriptor().getFile().getMessageTypes().stream()
                .filter(event -> event.getOptions().hasExtension(StepsProto.ends));
    }

    @ParameterizedTest
    @MethodSource("events_that_end_a_step")
    void what_is_waited_for_is_said_in_words(Descriptor event) {
        EndedStep ended = event.getOptions().getExtension(StepsProto.ends);

        assertThat(SagaWords.waitsFor(ended.getStep(), ended.getUndone()))
                .as(event.getName())
                .isEqualTo(ended.getWaitsFor())
                .startsWith("the ");
    }

    @Test
    void a_step_of_which_nothing_is_said_is_named() {
        assertThat(SagaWords.waitsFor("WEIGH_ITEMS", false)).isEqualTo("WEIGH_ITEMS");
        assertThat(SagaWords.waitsFor("REVIEW", false)).isEqualTo("the restaurant's review");
    }
}
