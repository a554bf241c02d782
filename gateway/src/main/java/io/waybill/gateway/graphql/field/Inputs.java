package io.waybill.gateway.graphql.field;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** Arguments and input objects as the messages whose fields have the same names. */
final class Inputs {

    private Inputs() {}

    /**
     * A message with these values; one that is null is not given.
     *
     * @param except the name of a value that is no field
     */
    static Message message(
            Message prototype, Map<String, ? extends @Nullable Object> values, String except) {
        Message.Builder message = prototype.newBuilderForType();
        values.forEach(
                (name, value) -> {
                    if (value != null && !name.equals(except)) {
                        set(message, ViewField.find(prototype.getDescriptorForType(), name), value);
                    }
                });
        return message.build();
    }

    private static void set(Message.Builder message, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            for (Object element : (List<?>) value) {
                message.addRepeatedField(field, element(message, field, element));
            }
        } else {
            message.setField(field, element(message, field, value));
        }
    }

    @SuppressWarnings("unchecked") // an input object is a map by name
    private static Object element(Message.Builder message, FieldDescriptor field, Object value) {
        return field.getJavaType() == JavaType.MESSAGE
                ? message(
                        message.newBuilderForField(field).getDefaultInstanceForType(),
                        (Map<String, @Nullable Object>) value,
                        "")
                : value;
    }
}
