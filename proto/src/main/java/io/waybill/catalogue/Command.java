package io.waybill.catalogue;

import com.google.protobuf.Message;

import io.waybill.proto.command.v1.CommandIdentity;

import java.util.Optional;

/**
 * A normalised, valid command: white space trimmed, ignored fields empty, every rule kept.
 *
 * @param type what kind it is
 * @param message the message, of its generated class
 */
public record Command(CommandType type, Message message) {

    /** The aggregate that the command names; empty for one that makes a new aggregate. */
    public Optional<String> target() {
        return type.creates()
                ? Optional.empty()
                : Optional.of((String) message.getField(type.idField()));
    }

    /**
     * The aggregate that the command is about: the one it names, or for one that makes a new
     * aggregate the id that follows from its identity.
     */
    public String aggregateId(String principal, String commandId) {
        return target().orElseGet(() -> Ids.aggregateId(type.aggregate(), principal, commandId));
    }

    /** The stream of that aggregate: {@code contact/<id>}. */
    public String stream(String principal, String commandId) {
        return type.aggregate() + "/" + aggregateId(principal, commandId);
    }

    /** The command that this one undoes, if it undoes one. */
    public Optional<CommandIdentity> undoes() {
        return type.rules().undoes(message);
    }

    /** The normalised message as protobuf. */
    public byte[] payload() {
        return message.toByteArray();
    }

    /** What tells this content from another of the same command; see {@link Fingerprint}. */
    public byte[] fingerprint() {
        return Fingerprint.of(this);
    }
}
