package io.waybill.gateway.web;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says with problem details what a servlet refused without a word, and what Tomcat itself refuses
 * before any servlet or filter sees it, such as a malformed address. Safe for use by many threads.
 */
final class ProblemReport extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReport.class);

    private final String whatIsHere;

    /**
     * Reports problems.
     *
     * @param whatIsHere where there is something, for who asks for what there is not
     */
    ProblemReport(String whatIsHere) {
        this.whatIsHere = whatIsHere;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean canBeTold = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, canBeTold);
        if (canBeTold.get()) {
            // Not the servlets' view of it, which takes nothing more after a sendError.
            SecurityHeaders.set(response);
            try {
                problem(status).send(response);
            } catch (IOException | IllegalStateException e) {
                LOG.debug("a refusal did not reach its client", e);
            }
        }
    }

    private Problem problem(int status) {
        return switch (status) {
            case 400 ->
                    new Problem(
                            status,
                            "The request is malformed",
                            "Its address, its Host or another header is not as HTTP has it, or a name"
                                    + " in its address holds a slash or a backslash (%2F, %5C),"
                                    + " which is not taken there.");
            case 404 -> new Problem(status, "Nothing is here", whatIsHere);
            case 405 ->
                    new Problem(
                            status,
                            "The method is not taken",
                            "This address does not take requests of this method.");
            case 501, 505 ->
                    new Problem(
                            status,
                            "This form of HTTP is not spoken",
                            "Send the request as HTTP/1.1.");
            default ->
                    status < 500
                            ? new Problem(
                                    status,
                                    "The request is refused",
                                    "It is not taken as it was sent.")
                            : new Problem(
                                    status,
                                    "Something went wrong",
                                    "Something went wrong inside Waybill; what it was is in its"
                                            + " log.");
        };
    }
}
