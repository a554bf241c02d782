package io.waybill.gateway.rest;

import io.waybill.gateway.rest.Route.ReadCommand;
import io.waybill.gateway.rest.Route.ReadList;
import io.waybill.gateway.rest.Route.ReadOne;
import io.waybill.gateway.rest.Route.ReadOrder;
import io.waybill.gateway.rest.Route.Submit;
import io.waybill.gateway.rest.Route.SubmitOrder;
import io.waybill.gateway.web.RetryAfter;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.ServerHttpObservationFilter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Takes requests below {@code /api} and answers them by the table of routes. A request's thread,
 * which is a virtual one, waits for the answer. Safe for use by many threads.
 */
public final class RestServlet extends HttpServlet {

    /** Where it is to be registered. */
    public static final String MAPPING = "/api/*";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RestServlet.class);
    private static final String METRIC_PATH = "/api";

    private final transient CommandRoutes commands;
    private final transient ReadRoutes reads;
    private final transient ListRoutes lists;

    /**
     * Serves requests.
     *
     * @param currency of amounts that name none, ISO 4217
     * @param longest what a request may take at the very most
     */
    public RestServlet(RestPorts ports, String currency, Duration longest) {
        Waiting waiting = new Waiting(longest);
        this.commands = new CommandRoutes(ports, currency, waiting);
        this.reads = new ReadRoutes(ports, waiting);
        this.lists = new ListRoutes(ports, waiting);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        measured(request, METRIC_PATH);
        try {
            Found found = Found.of(request);
            measured(request, METRIC_PATH + found.route().template().path());
            send(response, answer(found.route(), Requests.read(request, found)));
        } catch (RefusedRequest refused) {
            refuse(response, refused);
        } catch (WaybillException failure) {
            if (failure.code() == ErrorCode.INTERNAL) {
                LOG.error("a request failed", failure);
            }
            refuse(response, RefusedRequest.of(failure));
        } catch (RuntimeException fault) {
            LOG.error("a request failed", fault);
            refuse(
                    response,
                    RefusedRequest.of(
                            new WaybillException(
                                    ErrorCode.INTERNAL,
                                    "something went wrong inside Waybill; what it was is in its"
                                            + " log")));
        }
    }

    private Answer answer(Route route, Asked asked) {
        return switch (route.action()) {
            case Submit(var type) -> commands.submit(type, asked);
            case SubmitOrder(var type) -> commands.submitOrder(type, asked);
            case ReadOne(var kind) -> reads.one(kind, asked);
            case ReadOrder read -> reads.order(asked);
            case ReadCommand read -> reads.command(asked);
            case ReadList list -> lists.page(list, asked);
        };
    }

    private static void measured(HttpServletRequest request, String path) {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(measured -> measured.setPathPattern(path));
    }

    private static void send(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.location().ifPresent(location -> response.setHeader("Location", location));
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static void refuse(HttpServletResponse response, RefusedRequest refused)
            throws IOException {
        refused.retryAfter().ifPresent(wait -> RetryAfter.say(response, wait));
        List<String> allowed = refused.allowed();
        if (!allowed.isEmpty()) {
            response.setHeader("Allow", String.join(", ", allowed));
        }
        if (refused.problem().status() == HttpStatus.TOO_LARGE) {
            response.setHeader("Connection", "close");
        }
        refused.problem().send(response);
    }
}
