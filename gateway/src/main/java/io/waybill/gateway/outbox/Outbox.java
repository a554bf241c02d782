package io.waybill.gateway.outbox;

/** Keeps accepted commands until their outcome is known. */
public final class Outbox {

    Outbox() {}
}
