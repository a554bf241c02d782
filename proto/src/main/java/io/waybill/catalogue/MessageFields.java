package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;

import java.util.List;

/** The rules of all fields of a message. Immutable. */
record MessageFields(List<FieldRule> rules) {

    static MessageFields of(Descriptor message, Descriptor command) {
        return new MessageFields(
                message.getFields().stream().map(field -> FieldRule.of(field, command)).toList());
    }

    /** The rules of a field's elements; none when they are no messages of Waybill's own. */
    static MessageFields of(FieldDescriptor field, Descriptor command) {
        boolean own =
                field.getJavaType() == JavaType.MESSAGE
                        && field.getMessageType().getFile().getPackage().startsWith("waybill.");
        return own ? of(field.getMessageType(), command) : new MessageFields(List.of());
    }

    void apply(Message.Builder message, Normalising to) {
        message.setUnknownFields(UnknownFieldSet.getDefaultInstance());
        rules.forEach(rule -> rule.apply(message, to));
    }
}
