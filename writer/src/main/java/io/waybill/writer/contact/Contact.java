package io.waybill.writer.contact;

import java.time.Instant;

/** A contact, in one of its phases. */
public sealed interface Contact {

    /** Nobody added it. */
    record Absent() implements Contact {}

    /**
     * It is there. An empty e-mail or phone means that there is none.
     *
     * @param enabled whether it may order
     */
    record Present(
            String id,
            String name,
            String email,
            String phone,
            boolean enabled,
            Instant created,
            Instant lastUpdated)
            implements Contact {}

    /** It was deleted; its id is never used again. */
    record Deleted(String id, Instant at) implements Contact {}
}
