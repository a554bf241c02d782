package io.waybill.app.web;

import io.waybill.app.settings.Refusal;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import java.net.InetSocketAddress;

/** A Spring application with its web server. Started once; used by one thread. */
final class WebServer implements AutoCloseable {

    private final Class<?> application;
    private final InetSocketAddress address;
    private final String portOption;
    private @Nullable ConfigurableApplicationContext context;

    WebServer(Class<?> application, InetSocketAddress address, String portOption) {
        this.application = application;
        this.address = address;
        this.portOption = portOption;
    }

    /**
     * Builds the application and opens the port.
     *
     * @throws Refusal when the port is taken
     */
    ConfigurableApplicationContext start(Beans beans) {
        try {
            ConfigurableApplicationContext started =
                    new SpringApplicationBuilder(application)
                            .web(WebApplicationType.SERVLET)
                            .bannerMode(Banner.Mode.OFF)
                            .logStartupInfo(false)
                            .registerShutdownHook(false)
                            .initializers(beans)
                            .run(settings());
            context = started;
            return started;
        } catch (RuntimeException e) {
            throw portInUse(e) ? taken() : e;
        }
    }

    /** The port that was opened. */
    int port() {
        return context instanceof WebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : address.getPort();
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /**
     * As arguments, so that nothing around the program overrides them; no file in the working
     * folder is read.
     */
    private String[] settings() {
        return new String[] {
            "--server.address=" + address.getAddress().getHostAddress(),
            "--server.port=" + address.getPort(),
            "--server.shutdown=graceful",
            "--server.server-header=",
            "--spring.lifecycle.timeout-per-shutdown-phase=2s",
            "--spring.config.location=optional:classpath:/",
            "--spring.jmx.enabled=false"
        };
    }

    private static boolean portInUse(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof PortInUseException || portInUse(failure.getCause()));
    }

    private Refusal taken() {
        return Refusal.cannotRun(
                "port %d is taken; choose another with %s (0 takes a free one)."
                        .formatted(address.getPort(), portOption));
    }
}
