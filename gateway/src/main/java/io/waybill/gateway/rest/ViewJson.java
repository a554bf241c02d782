package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.waybill.gateway.rest.ViewShape.Property;
import io.waybill.proto.common.v1.Money;

import tools.jackson.core.JsonGenerator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** Writes views as JSON, in their {@link ViewShape}. */
final class ViewJson {

    private ViewJson() {}

    /** Writes a view as an object. */
    static void write(JsonGenerator json, Message view) {
        json.writeStartObject();
        properties(json, view);
        json.writeEndObject();
    }

    /** Writes what a view holds into an object that is begun. */
    static void properties(JsonGenerator json, Message view) {
        properties(json, view, ViewShape.of(view.getDescriptorForType()));
    }

    private static void properties(JsonGenerator json, Message view, ViewShape shape) {
        for (Property property : shape.properties()) {
            FieldDescriptor field = property.field();
            if (field.hasPresence() && !view.hasField(field)) {
                continue;
            }
            json.writeName(property.name());
            if (field.isRepeated()) {
                json.writeStartArray();
                ((List<?>) view.getField(field)).forEach(value -> write(json, property, value));
                json.writeEndArray();
            } else {
                write(json, property, view.getField(field));
            }
        }
    }

    private static void write(JsonGenerator json, Property property, Object value) {
        switch (property.kind()) {
            case TEXT -> json.writeString((String) value);
            case WHOLE -> json.writeNumber(((Number) value).longValue());
            case FLAG -> json.writeBoolean((boolean) value);
            case TIME -> json.writeString(instant((Timestamp) value).toString());
            case CHOICE -> json.writeString(EnumNames.shown((EnumValueDescriptor) value));
            case AMOUNT -> json.writeNumber(amount((Money) value));
            case CURRENCY -> json.writeString(((Money) value).getCurrency());
            case OBJECT -> {
                Message nested = (Message) value;
                json.writeStartObject();
                properties(json, nested, ViewShape.within(nested.getDescriptorForType()));
                json.writeEndObject();
            }
            case JSON -> json.writeRawValue((String) value);
        }
    }

    /** Exact, with all decimals of its currency. */
    static BigDecimal amount(Money money) {
        int digits = Currency.getInstance(money.getCurrency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(money.getMinor(), digits);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
