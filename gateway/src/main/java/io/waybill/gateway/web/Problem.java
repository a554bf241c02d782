package io.waybill.gateway.web;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A refusal as problem details (RFC 9457).
 *
 * @param status the HTTP status
 * @param title what kind of problem it is
 * @param detail what is wrong and what to do, in a sentence
 */
record Problem(int status, String title, String detail) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Answers a request with it. */
    void send(HttpServletResponse response) throws IOException {
        byte[] body = JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
