package io.waybill.app;

import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Makes all that is logged go one way. A library in the house brings a {@code logback.xml} of its
 * own that would take over, so ours has another name; Spring leaves logging as it finds it; what
 * goes to {@code java.util.logging} is passed on.
 */
final class Logging {

    private Logging() {}

    /** To be called before the first logger is made. */
    static void setUp() {
        setUnlessGiven("logback.configurationFile", "waybill-logback.xml");
        setUnlessGiven("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
