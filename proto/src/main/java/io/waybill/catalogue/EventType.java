package io.waybill.catalogue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.proto.catalogue.v1.OptionsProto;

import java.util.List;

/**
 * One kind of event, as its message describes it. Immutable.
 *
 * @param topic where it is told to the outside: {@code EVENT/ORDER/CREATED}
 * @param message its message
 */
public record EventType(String topic, Descriptor message) {

    static EventType of(Descriptor message) {
        return new EventType(
                message.getOptions().getExtension(OptionsProto.event).getTopic(), message);
    }

    /** The topic's second level: {@code ORDER}. */
    public String aggregate() {
        return topic.split("/", 3)[1];
    }

    /**
     * A stored event without its personal fields, as it may be told to the outside.
     *
     * @throws InvalidProtocolBufferException when it is no event of this type
     */
    public Message told(ByteString stored) throws InvalidProtocolBufferException {
        Message.Builder event = DynamicMessage.newBuilder(message).mergeFrom(stored);
        removePersonal(event);
        return event.build();
    }

    /** Whether a field is personal: never told to the outside. */
    public static boolean isPersonal(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.rules).getPersonal();
    }

    private static void removePersonal(Message.Builder message) {
        for (FieldDescriptor field : List.copyOf(message.getAllFields().keySet())) {
            if (isPersonal(field)) {
                message.clearField(field);
            } else if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
                removePersonalWithin(message, field);
            }
        }
    }

    private static void removePersonalWithin(Message.Builder message, FieldDescriptor field) {
        if (!field.isRepeated()) {
            message.setField(field, withoutPersonal((Message) message.getField(field)));
            return;
        }
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            message.setRepeatedField(
                    field, i, withoutPersonal((Message) message.getRepeatedField(field, i)));
        }
    }

    private static Message withoutPersonal(Message message) {
        Message.Builder result = message.toBuilder();
        removePersonal(result);
        return result.build();
    }
}
