package io.waybill.gateway.graphql.http;

import graphql.ExecutionResult;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.execution.GraphQlRequest;
import io.waybill.gateway.graphql.execution.MalformedRequestException;
import io.waybill.gateway.graphql.execution.Requests;
import io.waybill.gateway.graphql.execution.Responses;
import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.field.Asker;
import io.waybill.gateway.web.Body;
import io.waybill.gateway.web.DoorFilter;

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
 * which is a virtual one, waits for its result; that ends by itself within the request's time. Safe
 * for use by many threads.
 */
public final class GraphQlServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String METRIC_PATH = "/graphql";

    private final transient GraphQlExecution execution;
    private final transient HttpRequestHandler webSocket;
    private final transient HttpRequestHandler page;
    private final int mostBytes;

    /**
     * Serves requests.
     *
     * @param webSocket takes the handshakes
     * @param page shows the playground
     * @param mostBytes the longest body
     */
    public GraphQlServlet(
            GraphQlExecution execution,
            HttpRequestHandler webSocket,
            HttpRequestHandler page,
            int mostBytes) {
        this.execution = execution;
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
        } else {
            refuseMethod(response);
        }
    }

    private static void refuseMethod(HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "POST");
        refuse(
                response,
                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                "GraphQL requests are sent with POST; the playground is at /");
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String answer = MediaTypes.answer(request);
        if (answer == null) {
            refuse(
                    response,
                    HttpServletResponse.SC_NOT_ACCEPTABLE,
                    "answers come as %s or %s".formatted(MediaTypes.GRAPHQL, MediaTypes.JSON));
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
        GraphQlRequest read = read(body.get(), response);
        if (read != null) {
            Asker asker = Asker.of(DoorFilter.principal(request), request.getHeader("traceparent"));
            send(response, answer, execution.execute(read, asker).join());
        }
    }

    private static @Nullable GraphQlRequest read(byte[] body, HttpServletResponse response)
            throws IOException {
        try {
            return Requests.read(body);
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
                    "subscriptions need a WebSocket that speaks graphql-transport-ws");
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
        write(
                response,
                status,
                MediaTypes.JSON,
                Responses.write(
                        ExecutionResult.newExecutionResult()
                                .addError(ClientError.badRequest(sentence))
                                .build()));
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
