package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.gateway.event.Changes;
import io.waybill.gateway.graphql.execution.Engines;
import io.waybill.gateway.graphql.field.Fields;
import io.waybill.gateway.standin.StandInCommands;
import io.waybill.gateway.standin.StandInContacts;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.wire.time.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/** What must be true of the schema as a whole. */
class SchemaTest {

    /** Mutations that submit a command of any kind. */
    private static final List<String> OTHERS = List.of("redriveDeadLetter");

    private static final StandInCommands COMMANDS = new StandInCommands();
    private static final StandInContacts VIEWS = new StandInContacts();
    private static final Changes NO_CHANGES =
            new Changes(new VirtualTime(1, Instant.EPOCH).loop("never run"), VIEWS, Runnable::run);
    private static final GraphQLSchema SCHEMA =
            Engines.source(new Fields(VIEWS, NO_CHANGES, COMMANDS, COMMANDS, "EUR")).schema();

    @Test
    void every_type_field_argument_and_value_is_described() {
        for (GraphQLNamedType type : ours()) {
            assertThat(type.getDescription()).as(type.getName()).isNotBlank();
            if (type instanceof GraphQLObjectType object) {
                for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
                    String name = type.getName() + "." + field.getName();
                    assertThat(field.getDescription()).as(name).isNotBlank();
                    for (GraphQLArgument argument : field.getArguments()) {
                        assertThat(argument.getDescription())
                                .as(name + "(" + argument.getName() + ")")
                                .isNotBlank();
                    }
                }
            }
            if (type instanceof GraphQLInputObjectType input) {
                for (GraphQLInputObjectField field : input.getFieldDefinitions()) {
                    String name = type.getName() + "." + field.getName();
                    assertThat(field.getDescription()).as(name).isNotBlank();
                }
            }
            if (type instanceof GraphQLEnumType constants) {
                for (GraphQLEnumValueDefinition value : constants.getValues()) {
                    assertThat(value.getDescription()).as(value.getName()).isNotBlank();
                }
            }
        }
    }

    @Test
    void every_command_of_the_catalogue_is_a_mutation_with_its_fields_and_a_key() {
        List<GraphQLFieldDefinition> mutations = SCHEMA.getMutationType().getFieldDefinitions();

        List<CommandType> commands =
                CommandCatalogue.standard().types().stream()
                        .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                        .toList();
        assertThat(mutations).hasSize(commands.size() + OTHERS.size());
        assertThat(mutations).extracting(GraphQLFieldDefinition::getName).containsAll(OTHERS);
        for (CommandType type : commands) {
            List<String> arguments = new java.util.ArrayList<>(type.fieldNames());
            arguments.add("idempotencyKey");
            assertThat(mutations)
                    .as(type.topic())
                    .anySatisfy(
                            mutation -> {
                                assertThat(mutation.getName())
                                        .isEqualToIgnoringCase(type.message().getName());
                                assertThat(mutation.getArguments())
                                        .extracting(GraphQLArgument::getName)
                                        .containsExactlyInAnyOrderElementsOf(arguments);
                            });
        }
    }

    private static List<GraphQLNamedType> ours() {
        return SCHEMA.getAllTypesAsList().stream()
                .filter(type -> !type.getName().startsWith("__"))
                .toList();
    }
}
