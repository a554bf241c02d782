package io.waybill.reader.history;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.eventstore.v1.RecordedEvent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All events that this reader can show, by the full names of their messages. Immutable. */
final class EventTypes {

    private static final List<FileDescriptor> DECLARED_IN =
            List.of(
                    io.waybill.proto.contact.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.account.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.restaurant.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.shopping.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.order.v1.EventsProto.getDescriptor());

    private final Map<String, Descriptor> byName = new HashMap<>();
    private final JsonFormat.Printer json =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    EventTypes() {
        for (FileDescriptor file : DECLARED_IN) {
            for (Descriptor message : file.getMessageTypes()) {
                if (message.getOptions().hasExtension(OptionsProto.event)) {
                    byName.put(message.getFullName(), message);
                }
            }
        }
    }

    /** {@code PAYMENT_DEBITED}, as it is told to the outside; else the name of its message. */
    String name(RecordedEvent event) {
        return last(
                known(event)
                        .map(type -> type.getOptions().getExtension(OptionsProto.event).getTopic())
                        .orElse(event.getType().replace('.', '/')));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The event as proto3 JSON; empty for one that is not known. */
    String json(RecordedEvent event) throws InvalidProtocolBufferException {
        Optional<Descriptor> type = known(event);
        return type.isPresent()
                ? json.print(DynamicMessage.parseFrom(type.get(), event.getData()))
                : "";
    }

    private Optional<Descriptor> known(RecordedEvent event) {
        return Optional.ofNullable(byName.get(event.getType()));
    }
}
