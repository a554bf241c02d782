package io.waybill.gateway.graphql.http;

import graphql.ExecutionResult;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.execution.GraphQlRequest;
import io.waybill.gateway.graphql.execution.MalformedRequestException;
import io.waybill.gateway.graphql.execution.Requests;
import io.waybill.gateway.graphql.execution.Responses;
import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.field.Asker;
import io.waybill.gateway.graphql.sse.EventStreams;
import io.waybill.gateway.web.Body;
import io.waybill.gateway.web.DoorFilter;
import io.waybill.gateway.web.RetryAfter;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.filter.ServerHttpObservationFilter;

import java.io.IOException;
import java.util.Optional;

/**
 * Takes GraphQL requests at {@code /graphql} and at {@code /}: a POST is executed, a WebSocket
 * handshake handed over, and a browser that opens the page gets the playground. A request's thread,
 * which is a virtual one, waits for its result; that ends by itself within the request's time. None
 * waits for a stream of events, which may also be asked for with GET, though not by a mutation.
 * Safe for use by many threads.
 */
public final class GraphQlServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String METRIC_PATH = "/graphql";
    private static final int TOO_MANY_REQUESTS = 429;

    private final transient GraphQlExecution execution;
    private final transient EventStreams streams;
    private final transient HttpRequestHandler webSocket;
    private final transient HttpRequestHandler page;
    private final int mostBytes;

    /**
     * Serves requests.
     *
     * @param streams answers with streams of events
     * @param webSocket takes the handshakes
     * @param page shows the playground
     * @param mostBytes the longest body
     */
    public GraphQlServlet(
            GraphQlExecution execution,
            EventStreams streams,
            HttpRequestHandler webSocket,
            HttpRequestHandler page,
            int mostBytes) {
        this.execution = execution;
        this.streams = streams;
        this.webSocket = webSocket;
        this.page = page;
        this.mostBytes = mostBytes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(measured -> measured.setPathPattern(METRIC_PATH));
        switch (request.getMethod()) {
            case "POST" -> post(request, response);
            case "GET", "HEAD" -> get(request, response);
            default -> refuseMethod(response);
        }
    }

    private void get(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            webSocket.handleRequest(request, response);
        } else if (request.getServletPath().isEmpty() && request.getParameter("query") == null) {
            page.handleRequest(request, response);
        } else if (request.getMethod().equals("GET")
                && MediaTypes.EVENTS.equals(MediaTypes.answer(request))) {
            stream(request, response);
        } else {
            refuseMethod(response);
        }
    }

    private void stream(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        GraphQlRequest asked = read(() -> Parameters.read(request), response);
        if (asked != null && execution.mutates(asked)) {
            refuseMethod(response);
        } else if (asked != null) {
            stream(asked, request, response);
        }
    }

    private void stream(
            GraphQlRequest asked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            streams.open(request, response, asked, asker(request));
        } catch (WaybillException refusal) {
            refusal.retryAfter().ifPresent(wait -> RetryAfter.say(response, wait));
            refuse(
                    response,
                    refusal.code() == ErrorCode.RESOURCE_EXHAUSTED
                            ? TOO_MANY_REQUESTS
                            : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    ClientError.of(refusal));
        }
    }

    private static Asker asker(HttpServletRequest request) {
        return Asker.of(DoorFilter.principal(request), request.getHeader("traceparent"));
    }

    private static void refuseMethod(HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "POST");
        refuse(
                response,
                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                "GraphQL requests are sent with POST; what is no mutation may be a GET that accepts"
                        + " text/event-stream; the playground is at /");
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String answer = MediaTypes.answer(request);
        if (answer == null) {
            refuse(
                    response,
                    HttpServletResponse.SC_NOT_ACCEPTABLE,
                    "answers come as %s, %s or %s"
                            .formatted(MediaTypes.GRAPHQL, MediaTypes.JSON, MediaTypes.EVENTS));
            return;
        }
        if (!MediaTypes.isJson(request.getContentType())) {
            refuse(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "send the request as application/json in UTF-8");
            return;
        }
        Optional<byte[]> body = Body.read(request, mostBytes);
        if (body.isEmpty()) {
            response.setHeader("Connection", "close");
            refuse(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "a request may have at most %d bytes".formatted(mostBytes));
            return;
        }
        GraphQlRequest read = read(() -> Requests.read(body.get()), response);
        if (read == null) {
            return;
        }
        if (answer.equals(MediaTypes.EVENTS)) {
            stream(read, request, response);
        } else {
            send(response, answer, execution.execute(read, asker(request)).join());
        }
    }

    /** Reads a request out of what was sent. */
    private interface Reading {

        GraphQlRequest read() throws MalformedRequestException;
    }

    private static @Nullable GraphQlRequest read(Reading reading, HttpServletResponse response)
            throws IOException {
        try {
            return reading.read();
        } catch (MalformedRequestException e) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, e.sentence());
            return null;
        }
    }

    private static void send(HttpServletResponse response, String form, ExecutionResult result)
            throws IOException {
        if (result.getData() instanceof org.reactivestreams.Publisher) {
            refuse(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "subscriptions need 'Accept: text/event-stream', or a WebSocket that speaks"
                            + " graphql-transport-ws");
            return;
        }
        boolean refused = form.equals(MediaTypes.GRAPHQL) && !result.isDataPresent();
        write(
                response,
                refused ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_OK,
                form,
                Responses.write(result));
    }

    private static void refuse(HttpServletResponse response, int status, String sentence)
            throws IOException {
        refuse(response, status, ClientError.badRequest(sentence));
    }

    private static void refuse(HttpServletResponse response, int status, ClientError error)
            throws IOException {
        write(
                response,
                status,
                MediaTypes.JSON,
                Responses.write(ExecutionResult.newExecutionResult().addError(error).build()));
    }

    private static void write(HttpServletResponse response, int status, String form, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(form);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
