package io.waybill.writer.relay;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import io.waybill.catalogue.EventCatalogue;
import io.waybill.catalogue.EventType;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.relay.v1.CommandDecided;
import io.waybill.proto.relay.v1.SequenceReached;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.OutboundMessage;
import io.waybill.wire.mqtt.UserProperty;
import io.waybill.writer.time.ProtoTime;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A commit as CloudEvents 1.0 in the binary mode of their MQTT 5 binding: attributes are user
 * properties, the content type says what the data is. The data is proto3 JSON without personal
 * fields. Source and id together are one event's for ever.
 */
final class CloudEvents {

    private static final String JSON = "application/json";
    private static final String COMMAND = "COMMAND";
    private static final String KIND_PREFIX = "OUTCOME_KIND_";

    private final EventCatalogue catalogue;
    private final JsonFormat.Printer printer =
            JsonFormat.printer().omittingInsignificantWhitespace();
    private final String source;

    /**
     * @param incarnation of the store, in which positions are unique
     */
    CloudEvents(EventCatalogue catalogue, String incarnation) {
        this.catalogue = catalogue;
        this.source = "/waybill/" + incarnation;
    }

    /**
     * What is told of a commit, in order: its events, then how the command ended, when a client
     * sent it.
     *
     * @param sequences numbers are taken from here
     * @throws IllegalStateException when an event is of no known type or cannot be read
     */
    List<Told> of(Commit commit, Sequences sequences) {
        List<Told> told = new ArrayList<>();
        for (RecordedEvent event : commit.getEventsList()) {
            EventType type =
                    catalogue
                            .named(event.getType())
                            .orElseThrow(() -> unreadable(event, commit, null));
            String id = id(commit, Integer.toString(told.size()));
            told.add(
                    told(
                            commit,
                            type.topic(),
                            type.aggregate(),
                            id,
                            data(type, event, commit),
                            sequences));
        }
        if (!commit.getCommand().getPrincipal().equals(Principal.SAGA.name())) {
            CommandDecided decided = decided(commit);
            String topic = "EVENT/" + COMMAND + "/" + decided.getOutcome();
            told.add(told(commit, topic, COMMAND, id(commit, "command"), decided, sequences));
        }
        return told;
    }

    /** The latest sequence of an aggregate, to be retained. */
    OutboundMessage sequence(int partition, String aggregate, long sequence) {
        return new OutboundMessage(
                "EVENT/%s/SEQUENCE/%d".formatted(aggregate, partition),
                json(
                        SequenceReached.newBuilder()
                                .setPartition(partition)
                                .setSequence(sequence)
                                .build()),
                Optional.of(JSON),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true);
    }

    private Told told(
            Commit commit,
            String topic,
            String aggregate,
            String id,
            Message data,
            Sequences sequences) {
        long sequence = sequences.next(aggregate);
        List<UserProperty> attributes =
                List.of(
                        new UserProperty("specversion", "1.0"),
                        new UserProperty("id", id),
                        new UserProperty("source", source),
                        new UserProperty("type", data.getDescriptorForType().getFullName()),
                        new UserProperty("subject", subject(commit.getStream())),
                        new UserProperty(
                                "time", ProtoTime.toInstant(commit.getDecidedAt()).toString()),
                        new UserProperty("partition", Integer.toString(commit.getPartition())),
                        new UserProperty("position", Long.toString(commit.getPosition())),
                        new UserProperty("sequence", Long.toString(sequence)));
        return new Told(
                aggregate,
                sequence,
                new OutboundMessage(
                        topic,
                        json(data),
                        Optional.of(JSON),
                        Optional.empty(),
                        Optional.empty(),
                        attributes));
    }

    private static String id(Commit commit, String which) {
        return commit.getPartition() + "-" + commit.getPosition() + "-" + which;
    }

    private static String subject(String stream) {
        return stream.substring(stream.indexOf('/') + 1);
    }

    private static CommandDecided decided(Commit commit) {
        Outcome outcome = commit.getOutcome();
        return CommandDecided.newBuilder()
                .setPrincipal(commit.getCommand().getPrincipal())
                .setCommandId(commit.getCommand().getCommandId())
                .setOutcome(outcome.getKind().name().substring(KIND_PREFIX.length()))
                .setCode(outcome.getCode())
                .setField(outcome.getField())
                .setStream(commit.getStream())
                .setVersion(commit.getVersion())
                .build();
    }

    private static Message data(EventType type, RecordedEvent event, Commit commit) {
        try {
            return type.told(event.getData());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(event, commit, e);
        }
    }

    private byte[] json(Message message) {
        try {
            return printer.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    message.getDescriptorForType().getFullName() + " cannot be told as JSON", e);
        }
    }

    private static IllegalStateException unreadable(
            RecordedEvent event, Commit commit, @Nullable Throwable cause) {
        return new IllegalStateException(
                "the event '%s' at position %d is of no known type, or cannot be read"
                        .formatted(event.getType(), commit.getPosition()),
                cause);
    }
}
