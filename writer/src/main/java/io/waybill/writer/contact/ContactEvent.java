package io.waybill.writer.contact;

import java.time.Instant;

/** What happened to a contact. */
public sealed interface ContactEvent {

    String id();

    Instant at();

    record Added(String id, String name, String email, String phone, Instant at)
            implements ContactEvent {}

    record Updated(String id, Change name, Change email, Change phone, Instant at)
            implements ContactEvent {}

    record Deleted(String id, Instant at) implements ContactEvent {}
}
