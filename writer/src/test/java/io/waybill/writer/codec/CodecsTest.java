package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.order.v1.OrderCreated;
import io.waybill.proto.restaurant.v1.RestaurantRegistered;
import io.waybill.proto.shopping.v1.ShoppingListCreated;
import io.waybill.writer.decide.AggregateType;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.saga.SagaSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nothing that the contract names is forgotten between the domain and what is stored. */
class CodecsTest {

    @Test
    void every_aggregate_of_the_catalogue_has_a_codec() {
        assertThat(
                        CommandCatalogue.standard().types().stream()
                                .map(CommandType::aggregate)
                                .collect(Collectors.toSet()))
                .isEqualTo(
                        Codecs.all(SagaSettings.usual()).stream()
                                .map(AggregateType::name)
                                .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_has_a_code_that_clients_see(RefusalCode code) {
        assertThatCode(() -> StoredDecision.code(code)).doesNotThrowAnyException();
        assertThat(StoredDecision.code(code)).hasToString(code.name());
    }

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(ContactAdded.getDescriptor().getFile(), ContactEvents.STORED.types()),
                Arguments.of(Deposited.getDescriptor().getFile(), AccountEvents.STORED.types()),
                Arguments.of(
                        RestaurantRegistered.getDescriptor().getFile(),
                        RestaurantEvents.STORED.types()),
                Arguments.of(
                        ShoppingListCreated.getDescriptor().getFile(),
                        ShoppingEvents.STORED.types()),
                Arguments.of(OrderCreated.getDescriptor().getFile(), OrderEvents.types()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_of_the_contract_can_be_read(FileDescriptor contract, Set<String> known) {
        assertThat(
                        contract.getMessageTypes().stream()
                                .filter(
                                        message ->
                                                message.getOptions()
                                                        .hasExtension(OptionsProto.event))
                                .map(Descriptor::getFullName)
                                .collect(Collectors.toSet()))
                .isNotEmpty()
                .isEqualTo(known);
    }
}
