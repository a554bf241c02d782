package io.waybill.writer.contact;

import java.time.Instant;

/**
 * What may be asked of a contact. Each command names the contact and carries the time at which it
 * is decided. An empty e-mail or phone means that there is none.
 */
public sealed interface ContactCommand {

    String id();

    Instant at();

    record Add(String id, String name, String email, String phone, Instant at)
            implements ContactCommand {}

    record Update(String id, Change name, Change email, Change phone, Instant at)
            implements ContactCommand {}

    record Delete(String id, Instant at) implements ContactCommand {}
}
