package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;

import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All commands there are, by topic and by message. Immutable. */
public final class CommandCatalogue {

    private static final CommandCatalogue STANDARD =
            new CommandCatalogue(
                    List.of(
                            AddContact.getDefaultInstance(),
                            UpdateContact.getDefaultInstance(),
                            DeleteContact.getDefaultInstance()));

    private final Map<String, CommandType> byTopic = new LinkedHashMap<>();
    private final Map<Descriptor, CommandType> byMessage = new LinkedHashMap<>();

    private CommandCatalogue(List<Message> prototypes) {
        for (Message prototype : prototypes) {
            CommandType type = CommandType.of(prototype);
            if (byTopic.put(type.topic(), type) != null) {
                throw new IllegalStateException("two commands on topic " + type.topic());
            }
            byMessage.put(prototype.getDescriptorForType(), type);
        }
    }

    /** The catalogue of Waybill's own commands. */
    public static CommandCatalogue standard() {
        return STANDARD;
    }

    /** Every command, in the order of the list above. */
    public Collection<CommandType> types() {
        return byTopic.values();
    }

    /** The command that travels on a topic, if one does. */
    public Optional<CommandType> onTopic(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    /**
     * The command that a message is.
     *
     * @throws IllegalArgumentException when the message is no command
     */
    public CommandType of(Descriptor message) {
        CommandType type = byMessage.get(message);
        if (type == null) {
            throw new IllegalArgumentException(message.getFullName() + " is not a command");
        }
        return type;
    }
}
