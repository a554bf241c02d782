package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One undecided command. Belongs to the outbox's loop, but for what is final. */
final class Entry {

    enum State {
        /** On its way to the disk. */
        STORING,
        /** Its write failed: it may be on disk or not. */
        IN_DOUBT,
        /** To be sent, for the first time or again. */
        QUEUED,
        /** Sent; the broker has not answered. */
        SENT,
        /** The broker has it. */
        PUBLISHED,
        /** Refused by the broker, or behind such a one: sent again later. */
        HELD,
        /** Behind one that may be recorded already: sent when that has its outcome. */
        WAITING,
        /** Has its outcome, or never came to be. */
        GONE
    }

    final long sequence;
    final OutboxEntry content;
    final Chain chain;

    /** Completes when the command is on disk; fails when that is not known. */
    final CompletableFuture<Void> accepted = new CompletableFuture<>();

    /** Whether it is on disk: accepted, and to get an outcome. Read by any thread. */
    volatile boolean onDisk;

    @Nullable Entry before;
    @Nullable Entry after;

    State state = State.STORING;

    /** When it came, on the loop's clock. */
    long cameAt;

    /** When it was accepted, or read from the disk, on the loop's clock. */
    long acceptedAt;

    /** The number of the latest sending; 0 when there was none. */
    long sending;

    /** The number of the latest sending that was no probe. */
    long regularSending;

    /** When it was last sent, on the loop's clock. */
    long sentAt;

    /** How many probes followed the latest regular sending. */
    int probes;

    Entry(long sequence, OutboxEntry content, Chain chain) {
        this.sequence = sequence;
        this.content = content;
        this.chain = chain;
    }

    CommandIdentity identity() {
        return content.getCommand();
    }

    boolean isUnderWay() {
        return state == State.SENT || state == State.PUBLISHED;
    }

    /**
     * Whether it may not be sent yet. One that may be recorded already proves nothing to what
     * follows it: named as predecessor, it would let a follower overtake what came before both.
     */
    boolean mustWait() {
        return before != null && (before.content.getUnseen() || before.state == State.WAITING);
    }

    Optional<CommandIdentity> predecessor() {
        return before == null ? Optional.empty() : Optional.of(before.identity());
    }

    OutboxStore.Stored stored() {
        return new OutboxStore.Stored(sequence, content);
    }
}
