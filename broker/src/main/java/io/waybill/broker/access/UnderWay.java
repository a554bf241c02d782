package io.waybill.broker.access;

/**
 * Bounds what is on its way to the disk, in messages and in bytes. Safe for use by many threads.
 */
final class UnderWay {

    private final int mostMessages;
    private final long mostBytes;

    // Guarded by this.
    private int messages;
    private long bytes;

    UnderWay(int mostMessages, long mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    /** Takes in a message of so many bytes, if there is room for it. */
    synchronized boolean begin(long size) {
        if (messages >= mostMessages || bytes + size > mostBytes) {
            return false;
        }
        messages++;
        bytes += size;
        return true;
    }

    /** Lets go of one that was taken in. */
    synchronized void end(long size) {
        messages--;
        bytes -= size;
    }
}
