package io.waybill.gateway.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.waybill.wire.failure.ErrorCode;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A refusal as problem details (RFC 9457).
 *
 * @param status the HTTP status
 * @param title what kind of problem it is
 * @param detail what is wrong and what to do, in a sentence
 * @param code from the closed list that is the same at every door
 * @param field the field at fault, by its path; empty when none is
 * @param errors all fields at fault, when there may be several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        int status, String title, String detail, ErrorCode code, String field, List<Fault> errors) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A field that is at fault.
     *
     * @param field by its path: {@code order_items[1].quantity}
     * @param detail what is wrong with it, in a sentence
     */
    public record Fault(String field, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    /** One that is no field's fault, with the code that goes with the status. */
    public Problem(int status, String title, String detail) {
        this(status, title, detail, code(status), "", List.of());
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED -> ErrorCode.UNAUTHENTICATED;
            case HttpServletResponse.SC_FORBIDDEN -> ErrorCode.PERMISSION_DENIED;
            case HttpServletResponse.SC_NOT_FOUND -> ErrorCode.NOT_FOUND;
            case HttpServletResponse.SC_SERVICE_UNAVAILABLE -> ErrorCode.UNAVAILABLE;
            default -> status < 500 ? ErrorCode.BAD_USER_INPUT : ErrorCode.INTERNAL;
        };
    }

    /** Answers a request with it. */
    public void send(HttpServletResponse response) throws IOException {
        byte[] body = JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
