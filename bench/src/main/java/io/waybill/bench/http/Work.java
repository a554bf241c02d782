package io.waybill.bench.http;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link LoadLoop} sends. All of it is called on the loop's thread alone, and must not
 * block.
 */
public interface Work {

    /** The next request that is due by now, for one of the main connections; null when none is. */
    @Nullable Exchange next(long now);

    /** The same for the connections aside, which carry what waits or samples beside the load. */
    default @Nullable Exchange nextAside(long now) {
        return null;
    }

    /** Whether nothing more will come from either, once what is under way is answered. */
    boolean over(long now);

    /**
     * When something may be due next without any answer coming first; {@link Long#MAX_VALUE}:
     * never.
     */
    long nextDue(long now);
}
