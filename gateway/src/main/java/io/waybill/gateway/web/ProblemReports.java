package io.waybill.gateway.web;

import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Has a server answer what it refuses with problem details (RFC 9457), and with no page of its own.
 */
public final class ProblemReports
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final String whatIsHere;

    /**
     * Sets servers up.
     *
     * @param whatIsHere what who asks for an unknown address is told: where there is something
     */
    public ProblemReports(String whatIsHere) {
        this.whatIsHere = whatIsHere;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(this::customize);
    }

    private void customize(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            // The host adds one of this class unless there is one.
            host.setErrorReportValveClass(ProblemReport.class.getName());
            host.getPipeline().addValve(new ProblemReport(whatIsHere));
        }
    }
}
