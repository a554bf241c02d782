package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * All undecided commands, by identity and by stream. Changed on the loop alone, read by any thread.
 */
final class Entries {

    private final ConcurrentMap<CommandIdentity, Entry> byIdentity = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Chain> chains = new ConcurrentHashMap<>();
    private final int capacity;
    private final long capacityBytes;
    private long lastSequence;
    private long bytes;

    Entries(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /** A new last link of its stream's chain. */
    Entry add(OutboxEntry content) {
        return add(lastSequence + 1, content);
    }

    /** A link read from the disk; sequences ascend. */
    Entry add(long sequence, OutboxEntry content) {
        lastSequence = sequence;
        Chain chain = chains.computeIfAbsent(content.getStream(), Chain::new);
        Entry entry = new Entry(sequence, content, chain);
        chain.append(entry);
        byIdentity.put(entry.identity(), entry);
        bytes += content.getSerializedSize();
        return entry;
    }

    /** Keeps a sequence that is on the disk without being a link from being given again. */
    void skip(long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
    }

    void remove(Entry entry) {
        entry.state = Entry.State.GONE;
        entry.chain.unlink(entry);
        if (entry.chain.isEmpty()) {
            chains.remove(entry.chain.stream);
        }
        byIdentity.remove(entry.identity());
        bytes -= entry.content.getSerializedSize();
    }

    @Nullable Entry get(CommandIdentity identity) {
        return byIdentity.get(identity);
    }

    /** The first undecided command of a stream. */
    @Nullable Entry firstOf(String stream) {
        Chain chain = chains.get(stream);
        return chain == null ? null : chain.head();
    }

    boolean hasStream(String stream) {
        return chains.containsKey(stream);
    }

    boolean isFull() {
        return byIdentity.size() >= capacity || bytes >= capacityBytes;
    }

    int size() {
        return byIdentity.size();
    }

    Collection<Entry> all() {
        return byIdentity.values();
    }

    List<Entry> inOrder() {
        return byIdentity.values().stream()
                .sorted(Comparator.comparingLong(entry -> entry.sequence))
                .toList();
    }
}
