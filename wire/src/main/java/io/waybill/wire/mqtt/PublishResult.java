package io.waybill.wire.mqtt;

/**
 * What the broker answered to a publish (the PUBACK's reason code).
 *
 * @param reasonCode 0x00 to 0x7f: taken; from 0x80: refused
 * @param reason the broker's sentence, or empty
 */
public record PublishResult(int reasonCode, String reason) {

    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;

    /** Whether the broker took the message but had nobody to give it to: it is gone. */
    public boolean noMatchingSubscribers() {
        return reasonCode == NO_MATCHING_SUBSCRIBERS;
    }

    /** Whether the broker refused the message. */
    public boolean refused() {
        return reasonCode >= 0x80;
    }
}
