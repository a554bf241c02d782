package io.waybill.bench.load;

import java.io.IOException;
import java.time.Duration;

/** Waiting between one look and the next. */
public final class Pause {

    private Pause() {}

    /** Lets some time pass. */
    public static void of(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
