package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.proto.catalogue.v1.CommandOptions;
import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.catalogue.v1.Sender;

import java.util.List;

/**
 * One kind of command, as its message describes it. Immutable.
 *
 * @param topic the MQTT topic, {@code CONTACT/ADD}
 * @param sender who may publish it
 * @param acknowledgement the sentence that acknowledges it: {@code Queued to add}
 * @param aggregate the kind of aggregate in lower case: {@code contact}
 * @param creates whether it makes a new aggregate, whose id is derived from the command's identity
 * @param maxPayloadBytes the largest payload that is accepted
 * @param rules the rules of its fields
 * @param firedBy the name of the timers that cause it, or empty
 * @param requires the kind of aggregate that must be there under its id: usually its own
 * @param prototype the empty message of its generated class
 */
public record CommandType(
        String topic,
        Sender sender,
        String acknowledgement,
        String aggregate,
        boolean creates,
        int maxPayloadBytes,
        MessageRules rules,
        String firedBy,
        String requires,
        Message prototype) {

    private static final int USUAL_MAX_PAYLOAD_BYTES = 16 * 1024;

    static CommandType of(Message prototype) {
        Descriptor message = prototype.getDescriptorForType();
        CommandOptions options = message.getOptions().getExtension(OptionsProto.command);
        return new CommandType(
                options.getTopic(),
                options.getSender(),
                options.getAcknowledgement(),
                options.getAggregate(),
                options.getCreates(),
                options.getMaxPayloadBytes() == 0
                        ? USUAL_MAX_PAYLOAD_BYTES
                        : options.getMaxPayloadBytes(),
                MessageRules.of(message, options),
                options.getFiredBy(),
                options.getRequires().isEmpty() ? options.getAggregate() : options.getRequires(),
                prototype);
    }

    /** The command's message. */
    public Descriptor message() {
        return rules.message();
    }

    /** The topic's verb: {@code ADD}. */
    public String verb() {
        return topic.substring(topic.indexOf('/') + 1);
    }

    /** The field that names the aggregate. */
    public FieldDescriptor idField() {
        return rules.idField();
    }

    /** A builder of the command's own generated class. */
    public Message.Builder newBuilder() {
        return prototype.newBuilderForType();
    }

    /** Decodes what {@link Command#payload()} gave: for payloads that were checked before. */
    public Message parse(byte[] payload) throws InvalidProtocolBufferException {
        return prototype.getParserForType().parseFrom(payload);
    }

    /**
     * Reads a payload as it came in.
     *
     * @param contentType {@code application/x-protobuf} or {@code application/json}; empty: JSON
     *     when the first byte is an opening brace, protobuf otherwise
     */
    public Reading read(byte[] payload, String contentType) {
        return PayloadReader.read(this, payload, contentType);
    }

    /**
     * Reads JSON as a door takes it that knows some of the fields itself, and refuses all that it
     * does not look at: also the fields that are ignored elsewhere, for older clients. No bytes at
     * all stand for an empty object where the payload must give nothing, and cannot be read
     * elsewhere.
     */
    public Reading read(byte[] json, DoorFields known) {
        return PayloadReader.read(this, json, known);
    }

    /** Normalises and checks a message built by a door itself. */
    public Reading read(Message message) {
        return read(message, List.of());
    }

    /**
     * The same of a message whose payload held what no field can hold.
     *
     * @param unread what that breaks; the fields are absent
     */
    Reading read(Message message, List<Violation> unread) {
        return rules.apply(this, message, Normalising.Given.FIELDS, unread);
    }

    /** The same of a message that came as protobuf. */
    Reading readProtobuf(byte[] payload) throws InvalidProtocolBufferException {
        return rules.apply(this, parse(payload), Normalising.Given.PROTOBUF, List.of());
    }

    /** The names of the fields that a client may set. */
    public List<String> fieldNames() {
        return rules.fieldNames();
    }

    List<FieldDescriptor> ignoredFields() {
        return rules.ignoredFields();
    }
}
