package io.waybill.writer.contact;

import io.waybill.writer.domain.Change;

import java.time.Instant;

/**
 * What may be asked of a contact. Each command names the contact and carries the time at which it
 * is decided. An empty e-mail or phone means that there is none.
 */
public sealed interface ContactCommand {

    String id();

    Instant at();

    /** One that needs a contact that is there. */
    sealed interface Edit extends ContactCommand {}

    record Add(String id, String name, String email, String phone, Instant at)
            implements ContactCommand {}

    record Update(
            String id, Change<String> name, Change<String> email, Change<String> phone, Instant at)
            implements Edit {}

    record Delete(String id, Instant at) implements Edit {}

    record Enable(String id, Instant at) implements Edit {}

    record Disable(String id, Instant at) implements Edit {}

    /** Whether this customer may order: changes nothing, and is refused when not. */
    record Authorize(String id, Instant at) implements ContactCommand {}
}
