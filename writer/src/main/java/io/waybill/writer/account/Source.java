package io.waybill.writer.account;

import java.time.Instant;

/** Where the money of a debit came from, and where it goes when the debit is taken back. */
public sealed interface Source {

    /** What is free. */
    record Balance() implements Source {}

    /**
     * What an authorization holds.
     *
     * @param expires when the authorization expires, or would have
     */
    record Held(String paymentId, Instant expires) implements Source {}
}
