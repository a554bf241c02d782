package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client may ask for in a list's query: a field of the reader's request, wherever it stands
 * in it. Immutable.
 *
 * @param name in the query: {@code created_from}
 * @param path the fields that lead to it, itself the last
 * @param kind what its values are
 */
record Parameter(String name, List<FieldDescriptor> path, Kind kind) {

    /** What the values of a parameter are. */
    enum Kind {
        TEXT,
        /** How many rows. */
        ROWS,
        FLAG,
        /** One of a closed list. */
        CHOICE,
        TIME,
        /** A decimal amount, in the currency that the query names. */
        AMOUNT
    }

    private static final String PAGE = "page";
    private static final Map<String, String> NAMES = Map.of("order", "order_by");

    /** The short form of a page, the freshness, which has a parameter of its own. */
    private static final Set<String> ELSEWHERE = Set.of("first", "after");

    private static final String FRESHNESS = "read_after";

    /**
     * All that a request has, but for what the path says and what is fixed.
     *
     * @param start the request with what is fixed
     * @param variables of the path
     */
    static List<Parameter> of(Message start, Collection<String> variables) {
        List<Parameter> parameters = new ArrayList<>();
        Descriptor request = start.getDescriptorForType();
        boolean paged = request.findFieldByName(PAGE) != null;
        for (FieldDescriptor field : request.getFields()) {
            boolean elsewhere =
                    variables.contains(field.getName())
                            || field.getName().equals(FRESHNESS)
                            || (paged && ELSEWHERE.contains(field.getName()))
                            || start.getAllFields().containsKey(field);
            if (!elsewhere) {
                add(List.of(field), parameters);
            }
        }
        return List.copyOf(parameters);
    }

    private static void add(List<FieldDescriptor> path, List<Parameter> parameters) {
        FieldDescriptor field = path.getLast();
        if (field.getJavaType() == JavaType.MESSAGE && !isTime(field)) {
            field.getMessageType()
                    .getFields()
                    .forEach(
                            inner ->
                                    add(
                                            Stream.concat(path.stream(), Stream.of(inner)).toList(),
                                            parameters));
            return;
        }
        String name = NAMES.getOrDefault(field.getName(), field.getName());
        parameters.add(new Parameter(name, path, kind(field)));
    }

    private static Kind kind(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> Kind.TEXT;
            case INT -> Kind.ROWS;
            case LONG -> Kind.AMOUNT;
            case BOOLEAN -> Kind.FLAG;
            case ENUM -> Kind.CHOICE;
            case MESSAGE -> Kind.TIME;
            case BYTE_STRING, DOUBLE, FLOAT ->
                    throw new IllegalStateException("no parameter is of type " + field);
        };
    }

    private static boolean isTime(FieldDescriptor field) {
        return field.getMessageType().equals(Timestamp.getDescriptor());
    }

    FieldDescriptor field() {
        return path.getLast();
    }

    /** What may be chosen, by the names that clients know. */
    List<String> choices() {
        return field().getEnumType().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumNames::shown)
                .toList();
    }

    /** The value that a client's name means, if it means one. */
    Stream<EnumValueDescriptor> choice(String given) {
        return field().getEnumType().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .filter(value -> EnumNames.shown(value).equalsIgnoreCase(given));
    }

    /** Sets the field in a request. */
    void set(Message.Builder request, Object value) {
        Message.Builder at = request;
        for (FieldDescriptor field : path.subList(0, path.size() - 1)) {
            at = at.getFieldBuilder(field);
        }
        at.setField(field(), value);
    }
}
