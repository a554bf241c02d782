package io.waybill.gateway.web;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Sets up the connector: a virtual thread for each request, which may wait for its result;
 * connections are kept for as many requests as clients like, and closed when idle for a minute.
 * What a client sends must not take long. What is refused unread is still taken from a client that
 * sends everything before it reads, up to a bound, so that it hears why; one that asks first, with
 * {@code Expect: 100-continue}, is told to send only what is going to be read.
 */
public final class Connectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final int MINUTE = 60_000;
    private static final int MOST_CONNECTIONS = 4_096;
    private static final int MOST_SWALLOWED_BYTES = 8 * 1024 * 1024;
    private static final int NO_END = -1;
    private static final String WHEN_READ = "onRead";

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(Connectors::setUp);
    }

    /** Sets up one that has not been started. */
    public static void setUp(Connector connector) {
        connector.setXpoweredBy(false);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setExecutor(new VirtualThreadExecutor("http-"));
            http.setMaxKeepAliveRequests(NO_END);
            http.setKeepAliveTimeout(MINUTE);
            http.setConnectionTimeout(MINUTE / 6);
            http.setMaxConnections(MOST_CONNECTIONS);
            http.setMaxSwallowSize(MOST_SWALLOWED_BYTES);
            http.setContinueResponseTiming(WHEN_READ);
            http.setTcpNoDelay(true);
        }
    }
}
