package io.waybill.gateway.standin;

import org.apache.catalina.connector.Connector;

/**
 * Lets the kernel hold little of what a server has not read yet. Left alone it may hold megabytes,
 * and a client cannot tell what was taken from what was only on its way.
 */
public final class ShortWindow {

    /** What either side may hold. */
    static final int BYTES = 256 * 1024;

    private ShortWindow() {}

    /** Sets up one that has not been started. */
    public static void setUp(Connector connector) {
        connector.setProperty("socket.rxBufSize", Integer.toString(BYTES));
    }
}
