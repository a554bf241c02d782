package io.waybill.gateway.graphql.failure;

import graphql.GraphQLContext;
import graphql.execution.TypeFromAST;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values of a request's variables. The engine refuses what is wrong in one without saying
 * where; they are gone through in its order, and its first fault is found again.
 *
 * @param operation the one that is run; null when there is one only
 */
public record VariableValues(
        GraphQLSchema schema, @Nullable String operation, Map<String, ?> values) {

    /**
     * What is wrong in the value of a variable.
     *
     * @param within where in it: {@code [1].quantity}; empty when it is the value itself
     * @param type that it should be of, without the mark of what must be there
     */
    record Fault(String variable, String within, String type) {}

    /** The first fault; empty when the values fit the types that a document declares. */
    Optional<Fault> fault(Document document) {
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(each -> operation == null || operation.equals(each.getName()))
                .flatMap(each -> each.getVariableDefinitions().stream())
                .flatMap(variable -> fault(variable).stream())
                .findFirst();
    }

    private Optional<Fault> fault(VariableDefinition variable) {
        String name = variable.getName();
        GraphQLType type = TypeFromAST.getTypeFromAST(schema, variable.getType());
        boolean leftOut = !values.containsKey(name) && variable.getDefaultValue() != null;
        return type == null || leftOut
                ? Optional.empty()
                : in(values.get(name), type, "")
                        .map(place -> new Fault(name, place.within(), place.type()));
    }

    private record Place(String within, String type) {

        static Optional<Place> of(String within, GraphQLType type) {
            return Optional.of(
                    new Place(
                            within,
                            GraphQLTypeUtil.simplePrint(GraphQLTypeUtil.unwrapNonNull(type))));
        }
    }

    private static Optional<Place> in(@Nullable Object value, GraphQLType type, String within) {
        if (value == null) {
            return type instanceof GraphQLNonNull ? Place.of(within, type) : Optional.empty();
        }
        return switch (type) {
            case GraphQLNonNull needed -> in(value, needed.getWrappedType(), within);
            case GraphQLList list when value instanceof List<?> elements ->
                    IntStream.range(0, elements.size())
                            .mapToObj(
                                    i ->
                                            in(
                                                    elements.get(i),
                                                    list.getWrappedType(),
                                                    within + "[" + i + "]"))
                            .flatMap(Optional::stream)
                            .findFirst();
            case GraphQLList list -> in(value, list.getWrappedType(), within);
            case GraphQLInputObjectType object when value instanceof Map<?, ?> fields ->
                    inFields(fields, object, within);
            case GraphQLScalarType scalar when fits(value, scalar) -> Optional.empty();
            case GraphQLEnumType names when names.getValue(String.valueOf(value)) != null ->
                    Optional.empty();
            default -> Place.of(within, type);
        };
    }

    /** Fields that there are not come first, then those that there are, as they are declared. */
    private static Optional<Place> inFields(
            Map<?, ?> fields, GraphQLInputObjectType object, String within) {
        Stream<Place> unknown =
                fields.keySet().stream()
                        .map(String::valueOf)
                        .filter(name -> object.getFieldDefinition(name) == null)
                        .flatMap(name -> Place.of(within + "." + name, object).stream());
        Stream<Place> known =
                object.getFieldDefinitions().stream()
                        .filter(field -> fields.containsKey(field.getName()) || isNeeded(field))
                        .flatMap(
                                field ->
                                        in(
                                                fields.get(field.getName()),
                                                field.getType(),
                                                within + "." + field.getName())
                                                .stream());
        return Stream.concat(unknown, known).findFirst();
    }

    private static boolean isNeeded(GraphQLInputObjectField field) {
        return !field.hasSetDefaultValue();
    }

    private static boolean fits(Object value, GraphQLScalarType scalar) {
        try {
            var _ =
                    scalar.getCoercing()
                            .parseValue(value, GraphQLContext.getDefault(), Wording.PLAIN);
            return true;
        } catch (CoercingParseValueException e) {
            return false;
        }
    }
}
