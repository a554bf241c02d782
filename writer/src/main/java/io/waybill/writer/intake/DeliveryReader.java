package io.waybill.writer.intake;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.catalogue.Violation;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.Reason;
import io.waybill.wire.mqtt.Stamp;
import io.waybill.writer.poison.CommandNotes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Turns deliveries into pending commands. Never throws; used on the pipeline's event loop. */
public final class DeliveryReader {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryReader.class);

    private final CommandCatalogue catalogue;
    private final CommandNotes notes;
    private final RandomGenerator random;

    /**
     * A reader of the commands of a catalogue.
     *
     * @param random new ids come from here
     */
    public DeliveryReader(CommandCatalogue catalogue, CommandNotes notes, RandomGenerator random) {
        this.catalogue = catalogue;
        this.notes = notes;
        this.random = random;
    }

    /** Decodes a delivery, or says why it cannot be. */
    public PendingCommand read(Delivery delivery) {
        if (notes.condemned(delivery.noteKey())) {
            return poison(
                    delivery,
                    "the writer stopped three times in a row while it handled this command");
        }
        Optional<Stamp.Undecodable> found = delivery.stamp().flatMap(Stamp::undecodable);
        if (found.isPresent()) {
            return undecodable(delivery, found.get().reason());
        }
        Optional<CommandType> type = catalogue.onTopic(delivery.message().topic());
        if (type.isEmpty()) {
            return undecodable(
                    delivery, "no command travels on topic " + delivery.message().topic());
        }
        return decode(delivery, type.get());
    }

    private PendingCommand decode(Delivery delivery, CommandType type) {
        Throwable last = null;
        for (int attempt = 0; attempt < PendingCommand.ATTEMPTS; attempt++) {
            notes.note(delivery.noteKey());
            try {
                return pending(
                        delivery,
                        type,
                        type.read(delivery.message().payload(), delivery.contentType()));
            } catch (Exception | Error e) {
                last = e;
            } finally {
                notes.strike();
            }
        }
        LOG.error(
                "decoding a message on {} failed {} times; it is dead-lettered",
                type.topic(),
                PendingCommand.ATTEMPTS,
                last);
        return poison(delivery, "decoding it failed: " + Reason.of(Objects.requireNonNull(last)));
    }

    private PendingCommand pending(Delivery delivery, CommandType type, Reading reading) {
        return switch (reading) {
            case Reading.Valid(Command command) -> valid(delivery, command);
            case Reading.Invalid invalid -> invalid(delivery, type, invalid);
            case Reading.Undecodable undecodable -> undecodable(delivery, undecodable.reason());
        };
    }

    private PendingCommand valid(Delivery delivery, Command command) {
        CommandIdentity identity =
                identity(delivery, key -> Ids.commandId(delivery.principal(), key, command));
        String stream = command.stream(identity.getPrincipal(), identity.getCommandId());
        return new PendingCommand(delivery, identity, stream, new Content.Valid(command));
    }

    private PendingCommand invalid(Delivery delivery, CommandType type, Reading.Invalid invalid) {
        CommandIdentity identity = identityByTopic(delivery, invalid.target());
        String stream =
                invalid.target()
                        .map(id -> type.aggregate() + "/" + id)
                        .orElseGet(() -> PendingCommand.ownStream(identity));
        Violation first = invalid.violations().getFirst();
        return new PendingCommand(
                delivery,
                identity,
                stream,
                new Content.Invalid(
                        ErrorCode.valueOf(first.code().name()), first.field(), invalid.sentence()));
    }

    private PendingCommand undecodable(Delivery delivery, String reason) {
        CommandIdentity identity = identityByTopic(delivery, Optional.empty());
        return new PendingCommand(
                delivery,
                identity,
                PendingCommand.ownStream(identity),
                new Content.Undecodable(reason));
    }

    private PendingCommand poison(Delivery delivery, String reason) {
        PendingCommand command = undecodable(delivery, reason);
        command.poison(reason);
        return command;
    }

    private CommandIdentity identityByTopic(Delivery delivery, Optional<String> target) {
        return identity(
                delivery,
                key ->
                        Ids.commandId(
                                delivery.principal(), key, delivery.message().topic(), target));
    }

    private CommandIdentity identity(Delivery delivery, IdOfKey idOfKey) {
        return delivery.stamp()
                .map(Stamp::identity)
                .orElseGet(
                        () ->
                                CommandIdentity.newBuilder()
                                        .setPrincipal(delivery.principal())
                                        .setCommandId(unstampedId(delivery, idOfKey))
                                        .build());
    }

    private String unstampedId(Delivery delivery, IdOfKey idOfKey) {
        return delivery.correlation()
                .flatMap(Ids::uuid)
                .map(idOfKey::id)
                .orElseGet(() -> Ids.newId(delivery.arrivedAt().toEpochMilli(), random));
    }

    private interface IdOfKey {
        String id(String key);
    }
}
