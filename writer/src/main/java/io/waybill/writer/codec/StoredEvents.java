package io.waybill.writer.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import io.waybill.proto.eventstore.v1.RecordedEvent;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The events of one kind of aggregate in the form in which they are stored: each by the full name
 * of its message, which never changes. Immutable.
 *
 * @param <E> what may happen to the aggregate
 */
final class StoredEvents<E> {

    private interface Reader<E> {
        E read(ByteString data) throws InvalidProtocolBufferException;
    }

    private final String whose;
    private final Map<String, Reader<E>> readers;

    private StoredEvents(String whose, Map<String, Reader<E>> readers) {
        this.whose = whose;
        this.readers = Map.copyOf(readers);
    }

    /**
     * No events yet.
     *
     * @param whose for a person: {@code a contact}
     */
    static <E> StoredEvents<E> of(String whose) {
        return new StoredEvents<>(whose, Map.of());
    }

    /** These, and one more. */
    <M extends Message> StoredEvents<E> and(M prototype, Function<M, E> read) {
        @SuppressWarnings("unchecked") // a message's parser makes messages of its own class
        Parser<M> parser = (Parser<M>) prototype.getParserForType();
        Map<String, Reader<E>> more = new HashMap<>(readers);
        more.put(
                prototype.getDescriptorForType().getFullName(),
                data -> read.apply(parser.parseFrom(data)));
        return new StoredEvents<>(whose, more);
    }

    /** The names under which they are stored. */
    Set<String> types() {
        return readers.keySet();
    }

    /**
     * An event as it was before it was stored.
     *
     * @throws IllegalStateException when it is none of these, or cannot be read
     */
    E read(RecordedEvent event) {
        Reader<E> reader = readers.get(event.getType());
        if (reader == null) {
            throw new IllegalStateException(
                    "'" + event.getType() + "' is not an event of " + whose);
        }
        try {
            return reader.read(event.getData());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "a stored event of type '" + event.getType() + "' cannot be read", e);
        }
    }

    /** An event as it is stored. */
    static RecordedEvent recorded(Message event) {
        return RecordedEvent.newBuilder()
                .setType(event.getDescriptorForType().getFullName())
                .setData(event.toByteString())
                .build();
    }
}
