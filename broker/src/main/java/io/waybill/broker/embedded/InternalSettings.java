package io.waybill.broker.embedded;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.migration.meta.PersistenceType;
import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/**
 * What HiveMQ keeps in static fields. They are the same for every broker of a JVM, so setting them
 * again changes nothing.
 */
final class InternalSettings {

    /**
     * How many unacknowledged messages a session holds. The writer holds each for the simulated
     * delay, and the next batch comes only when the last is acknowledged whole: this many, in the 5
     * MB that a batch may have. Clients get less, by their receive maximum.
     */
    private static final int WINDOW_MESSAGES = 16_000;

    /**
     * Queues and subscriptions are spread over this many files; few are opened and closed faster.
     */
    private static final int BUCKETS = 8;

    private static final int SHUTDOWN_GRACE_MILLIS = 50;

    /** What payloads that are not yet in files may take; HiveMQ would take a 32nd of all memory. */
    private static final long PAYLOAD_BUFFER_BYTES = 64L << 20;

    /** What payloads that were read may take; HiveMQ would take a 64th of all memory. */
    private static final long PAYLOAD_CACHE_BYTES = 32L << 20;

    /**
     * Where Xodus, which keeps sessions, queues and retained messages, reads its share of the heap.
     */
    private static final String XODUS_SHARE = "exodus.memoryUsagePercentage";

    private static final int XODUS_PERCENT_OF_HEAP = 25;

    private InternalSettings() {}

    static void apply() {
        InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = WINDOW_MESSAGES;
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PAYLOAD_PERSISTENCE_MEMTABLE_SIZE_PORTION.set(
                portion(PAYLOAD_BUFFER_BYTES));
        InternalConfigurations.PAYLOAD_PERSISTENCE_BLOCK_CACHE_SIZE_PORTION.set(
                portion(PAYLOAD_CACHE_BYTES));
        // Of the few retained messages RocksDB would set aside a 32nd of all memory on disk.
        InternalConfigurations.RETAINED_MESSAGE_PERSISTENCE_TYPE.set(PersistenceType.FILE);
        // With that HiveMQ no longer holds Xodus' cache to a quarter of the heap; it would take
        // half.
        System.setProperty(XODUS_SHARE, Integer.toString(XODUS_PERCENT_OF_HEAP));
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(SHUTDOWN_GRACE_MILLIS);
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
    }

    private static int portion(long bytes) {
        return portion(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize(),
                bytes);
    }

    /** HiveMQ counts in parts of the machine's memory: into how many for none to be larger. */
    static int portion(long machine, long bytes) {
        return Math.toIntExact(Math.max(1, Math.ceilDiv(machine, bytes)));
    }

    /**
     * Without the access rules nobody gets in. HiveMQ opens itself when it is built: call it after.
     */
    static void failClosed() {
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
    }
}
