package io.waybill.gateway.outbox;

import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Duration;

/** The sentences with which an outbox refuses a command. */
final class Refusals {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private Refusals() {}

    static WaybillException full(int undecided) {
        return new WaybillException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "%d commands wait for their outcome already; nothing was accepted, try again later"
                                .formatted(undecided))
                .retryAfter(LATER);
    }

    static WaybillException noRoom(Throwable cause) {
        return new WaybillException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "the gateway's disk is nearly full; nothing was accepted, try again later")
                .retryAfter(LATER)
                .causedBy(cause);
    }

    static WaybillException reopening() {
        return new WaybillException(
                        ErrorCode.UNAVAILABLE,
                        "the gateway's disk is being opened again; nothing was accepted, try again")
                .retryAfter(SOON);
    }

    static WaybillException stopping() {
        return new WaybillException(
                ErrorCode.UNAVAILABLE, "the gateway stops; nothing was accepted, try again");
    }

    static WaybillException wrongStore(String problem) {
        return new WaybillException(ErrorCode.UNAVAILABLE, problem + "; nothing was accepted");
    }

    static WaybillException inDoubt(OutboxEntry entry, Throwable cause) {
        return new WaybillException(
                        ErrorCode.UNAVAILABLE,
                        "the gateway's disk failed, so it is in doubt whether command %s was accepted: ask for it, or repeat it with the same idempotency key"
                                .formatted(entry.getCommand().getCommandId()))
                .causedBy(cause);
    }

    static WaybillException keyReused() {
        return new WaybillException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "this idempotency key was used before for another content")
                .at("idempotencyKey");
    }
}
