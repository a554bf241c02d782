package io.waybill.writer.intake;

import io.waybill.catalogue.Fingerprint;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.wire.mqtt.Stamp;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A command between its delivery and its acknowledgement. Owned by the pipeline's event loop.
 *
 * <p>It changes in one way only: failures that are its own are counted, and after the third it is
 * poison, to be dead-lettered instead of decided.
 */
public final class PendingCommand {

    /** How often a command may fail through its own fault. */
    public static final int ATTEMPTS = 3;

    private final Delivery delivery;
    private final CommandIdentity identity;
    private final String stream;
    private final Content content;

    private int failures;
    private int conflicts;
    private @Nullable String poison;

    PendingCommand(Delivery delivery, CommandIdentity identity, String stream, Content content) {
        this.delivery = delivery;
        this.identity = identity;
        this.stream = stream;
        this.content = content;
    }

    public Delivery delivery() {
        return delivery;
    }

    public CommandIdentity identity() {
        return identity;
    }

    /** The stream that its outcome belongs in. */
    public String stream() {
        return stream;
    }

    /** The stream of a command that names no aggregate. */
    public static String ownStream(CommandIdentity identity) {
        return "command/" + identity.getCommandId();
    }

    public Content content() {
        return content;
    }

    /** Whether its aggregate has no events before it, as far as one can know without looking. */
    public boolean creates() {
        return content instanceof Content.Valid(var command) && command.type().creates();
    }

    /** The command that it undoes, if it undoes one. */
    public Optional<CommandIdentity> undoes() {
        return content instanceof Content.Valid(var command) ? command.undoes() : Optional.empty();
    }

    /** Whether it may be recorded only after another command, as its gateway said. */
    public boolean hasPredecessor() {
        return delivery.sending().flatMap(Stamp.Sending::predecessor).isPresent();
    }

    /** What tells this content from another under the same identity. */
    public byte[] fingerprint() {
        return content instanceof Content.Valid(var command)
                ? command.fingerprint()
                : Fingerprint.ofUndecodable(
                        delivery.message().topic(), delivery.message().payload());
    }

    /**
     * Counts a failure that is the command's own.
     *
     * @return whether it may be tried again; if not, it is poison now
     */
    public boolean failed(String reason) {
        failures++;
        if (failures < ATTEMPTS) {
            return true;
        }
        poison(reason);
        return false;
    }

    /** Makes it poison at once. */
    public void poison(String reason) {
        poison = reason;
    }

    /** Why it is poison, if it is. */
    public Optional<String> poison() {
        return Optional.ofNullable(poison);
    }

    /** Counts how often its stream had moved when it was to be appended. */
    public int conflicted() {
        return ++conflicts;
    }

    /** How often its stream had moved so far. */
    public int conflicts() {
        return conflicts;
    }

    @Override
    public String toString() {
        return identity.getPrincipal() + "/" + identity.getCommandId();
    }
}
