package io.waybill.writer.contact;

import io.waybill.writer.domain.Change;

import java.time.Instant;

/** What happened to a contact. */
public sealed interface ContactEvent {

    String id();

    Instant at();

    record Added(String id, String name, String email, String phone, Instant at)
            implements ContactEvent {}

    record Updated(
            String id, Change<String> name, Change<String> email, Change<String> phone, Instant at)
            implements ContactEvent {}

    record Deleted(String id, Instant at) implements ContactEvent {}

    record Enabled(String id, Instant at) implements ContactEvent {}

    record Disabled(String id, Instant at) implements ContactEvent {}
}
