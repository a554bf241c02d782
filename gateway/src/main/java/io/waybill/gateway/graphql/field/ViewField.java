package io.waybill.gateway.graphql.field;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Reads a GraphQL field from the protobuf field of the same name, in snake case or lower camel
 * case. What is absent is null; a time stays a {@code google.protobuf.Timestamp}, which {@link
 * DateTimeScalar} writes. Safe for use by many threads.
 */
final class ViewField implements LightDataFetcher<@Nullable Object> {

    private final String name;
    private volatile @Nullable FieldDescriptor known;

    ViewField(String name) {
        this.name = name;
    }

    @Override
    public @Nullable Object get(
            GraphQLFieldDefinition definition,
            Object source,
            Supplier<DataFetchingEnvironment> environment) {
        return read((Message) source);
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        Message source = environment.getSource();
        return source == null ? null : read(source);
    }

    private @Nullable Object read(Message view) {
        FieldDescriptor field = field(view.getDescriptorForType());
        if (field.hasPresence() && !view.hasField(field)) {
            return null;
        }
        Object value = view.getField(field);
        return switch (value) {
            case EnumValueDescriptor constant -> shortName(constant);
            case Long number when fitsInt(number) -> number.intValue();
            default -> value;
        };
    }

    /** A constant's name without that of its enumeration, which begins it: {@code PENDING}. */
    private static String shortName(EnumValueDescriptor constant) {
        String prefix =
                constant.getType()
                                .getName()
                                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                .toUpperCase(Locale.ROOT)
                        + "_";
        String name = constant.getName();
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private FieldDescriptor field(Descriptor view) {
        FieldDescriptor field = known;
        if (field == null || field.getContainingType() != view) {
            field = find(view, name);
            known = field;
        }
        return field;
    }

    /** The field of a view that a GraphQL name means. */
    static FieldDescriptor find(Descriptor view, String name) {
        for (FieldDescriptor field : view.getFields()) {
            if (field.getName().equals(name) || field.getJsonName().equals(name)) {
                return field;
            }
        }
        throw new IllegalStateException(view.getFullName() + " has no field '" + name + "'");
    }

    private static boolean fitsInt(long number) {
        return number == (int) number;
    }
}
