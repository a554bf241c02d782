package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

import io.waybill.proto.catalogue.v1.OptionsProto;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All events there are, by the full name of their message. Immutable. */
public final class EventCatalogue {

    private static final EventCatalogue STANDARD =
            new EventCatalogue(
                    List.of(
                            io.waybill.proto.contact.v1.EventsProto.getDescriptor(),
                            io.waybill.proto.account.v1.EventsProto.getDescriptor(),
                            io.waybill.proto.restaurant.v1.EventsProto.getDescriptor(),
                            io.waybill.proto.shopping.v1.EventsProto.getDescriptor(),
                            io.waybill.proto.order.v1.EventsProto.getDescriptor()));

    private final Map<String, EventType> byName = new LinkedHashMap<>();

    private EventCatalogue(List<FileDescriptor> files) {
        for (FileDescriptor file : files) {
            for (Descriptor message : file.getMessageTypes()) {
                if (message.getOptions().hasExtension(OptionsProto.event)) {
                    byName.put(message.getFullName(), EventType.of(message));
                }
            }
        }
    }

    /** The catalogue of Waybill's own events. */
    public static EventCatalogue standard() {
        return STANDARD;
    }

    /** Every event, aggregate by aggregate. */
    public Collection<EventType> types() {
        return byName.values();
    }

    /** The event that is stored under a name, if there is one. */
    public Optional<EventType> named(String fullName) {
        return Optional.ofNullable(byName.get(fullName));
    }
}
