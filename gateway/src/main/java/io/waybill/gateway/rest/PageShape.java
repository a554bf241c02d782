package io.waybill.gateway.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A page, whatever list it is of: the reader's responses are alike.
 *
 * @param startCursor of the first node; empty when there is none
 * @param endCursor of the last
 */
record PageShape(
        List<Message> nodes,
        String startCursor,
        String endCursor,
        boolean hasNext,
        boolean hasPrevious) {

    private static final String PAGE_INFO = "page_info";

    /** What a list's response holds. */
    static PageShape of(Message response) {
        @SuppressWarnings("unchecked") // each response's first field is a list of messages
        List<Message> edges = (List<Message>) response.getField(rows(response));
        Message info =
                field(response.getDescriptorForType(), PAGE_INFO) == null
                        ? response
                        : (Message) get(response, PAGE_INFO);
        return new PageShape(
                edges.stream().map(PageShape::node).toList(),
                edges.isEmpty() ? "" : (String) get(edges.getFirst(), "cursor"),
                edges.isEmpty() ? "" : (String) get(edges.getLast(), "cursor"),
                flag(info, "has_next_page"),
                flag(info, "has_previous_page"));
    }

    /** What the rows of a response are. */
    static Descriptor node(Descriptor response) {
        Descriptor edge = response.findFieldByNumber(1).getMessageType();
        FieldDescriptor node = edge.findFieldByName("node");
        return node == null ? edge : node.getMessageType();
    }

    private static FieldDescriptor rows(Message response) {
        return response.getDescriptorForType().findFieldByNumber(1);
    }

    /** A history's events are no edges: they hold their cursor themselves. */
    private static Message node(Message edge) {
        FieldDescriptor node = field(edge.getDescriptorForType(), "node");
        return node == null ? edge : (Message) edge.getField(node);
    }

    private static boolean flag(Message message, String name) {
        FieldDescriptor field = field(message.getDescriptorForType(), name);
        return field != null && (boolean) message.getField(field);
    }

    private static Object get(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static @Nullable FieldDescriptor field(Descriptor message, String name) {
        return message.findFieldByName(name);
    }
}
