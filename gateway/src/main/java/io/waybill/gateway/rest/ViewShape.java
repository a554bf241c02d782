package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;

import io.waybill.proto.common.v1.Money;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a view looks in JSON: its properties, in their order, as they follow from its message. An
 * amount of money is a decimal number, and the currency of all of them stands once beside them.
 * Immutable.
 */
record ViewShape(List<Property> properties) {

    /** What a property holds. */
    enum Kind {
        TEXT,
        WHOLE,
        FLAG,
        TIME,
        /** One of a closed list of names. */
        CHOICE,
        AMOUNT,
        /** The currency of the amount in the same field. */
        CURRENCY,
        OBJECT,
        /** A text that is JSON itself. */
        JSON
    }

    /**
     * A property.
     *
     * @param field of the view that it is read from
     */
    record Property(String name, FieldDescriptor field, Kind kind) {

        /** Whether it is always there. */
        boolean isSure() {
            return !field.hasPresence();
        }
    }

    /** Names that differ from the field's: those of the systems that went before. */
    private static final Map<String, String> NAMES =
            Map.of(
                    "waybill.order.v1.OrderView.id", "order_id",
                    "waybill.order.v1.OrderView.items", "order_items",
                    "waybill.order.v1.OrderView.total", "amount",
                    "waybill.shopping.v1.ShoppingListView.items", "order_items",
                    "waybill.reader.v1.HistoryEvent.json", "event");

    private static final String CREATED = "created";
    private static final String CREATED_ON = "created_on";

    /** What is of no use outside: where in the log something is, and a cursor beside its page's. */
    private static final Set<String> HIDDEN = Set.of("created_position", "cursor");

    private static final Map<Descriptor, ViewShape> KNOWN = new ConcurrentHashMap<>();
    private static final Map<Descriptor, ViewShape> NESTED = new ConcurrentHashMap<>();

    /** The shape of a view. */
    static ViewShape of(Descriptor view) {
        return KNOWN.computeIfAbsent(view, message -> shape(message, true));
    }

    /** The shape of what stands within a view, whose currency is the view's. */
    static ViewShape within(Descriptor nested) {
        return NESTED.computeIfAbsent(nested, message -> shape(message, false));
    }

    private static ViewShape shape(Descriptor view, boolean withCurrency) {
        List<Property> properties = new ArrayList<>();
        boolean named = !withCurrency || view.findFieldByName("currency") != null;
        for (FieldDescriptor field : view.getFields()) {
            if (HIDDEN.contains(field.getName())) {
                continue;
            }
            Property property = new Property(name(field), field, kind(field));
            properties.add(property);
            if (property.kind() == Kind.AMOUNT && !named) {
                properties.add(new Property("currency", field, Kind.CURRENCY));
                named = true;
            }
        }
        return new ViewShape(List.copyOf(properties));
    }

    private static String name(FieldDescriptor field) {
        String name = field.getName().equals(CREATED) ? CREATED_ON : field.getName();
        return NAMES.getOrDefault(field.getFullName(), name);
    }

    private static Kind kind(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> name(field).equals("event") ? Kind.JSON : Kind.TEXT;
            case INT, LONG -> Kind.WHOLE;
            case BOOLEAN -> Kind.FLAG;
            case ENUM -> Kind.CHOICE;
            case MESSAGE -> ofMessage(field.getMessageType());
            case BYTE_STRING, DOUBLE, FLOAT ->
                    throw new IllegalStateException("no view holds a " + field.getJavaType());
        };
    }

    private static Kind ofMessage(Descriptor message) {
        if (message.equals(Timestamp.getDescriptor())) {
            return Kind.TIME;
        }
        return message.equals(Money.getDescriptor()) ? Kind.AMOUNT : Kind.OBJECT;
    }
}
