package io.waybill.gateway.web;

import io.waybill.wire.identity.Principal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/**
 * Stands before everything: refuses foreign hosts, foreign pages and unknown tokens, names the
 * principal, and sets the security headers. Safe for use by many threads.
 */
public final class DoorFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String PRINCIPAL = Principal.class.getName();

    private static final Problem NO_CREDENTIALS =
            new Problem(
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "Credentials are needed here",
                    "Requests need an Authorization header 'Bearer <token>' with a token of the"
                            + " credentials file.");

    private final transient AllowedHosts hosts;
    private final transient Tokens tokens;

    /** Guards with these rules. */
    public DoorFilter(AllowedHosts hosts, Tokens tokens) {
        this.hosts = hosts;
        this.tokens = tokens;
    }

    /** Who makes a request that came through the door. */
    public static Principal principal(HttpServletRequest request) {
        return request.getAttribute(PRINCIPAL) instanceof Principal known
                ? known
                : Principal.ANONYMOUS;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SecurityHeaders.set(response);
        Problem problem = problem(request);
        if (problem == null) {
            chain.doFilter(request, response);
            return;
        }
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        problem.send(response);
    }

    private @Nullable Problem problem(HttpServletRequest request) {
        String host = request.getHeader("Host");
        Optional<Authority> asked = host == null ? Optional.empty() : Authority.of(host);
        if (asked.isEmpty() || !hosts.allows(asked.get().host())) {
            return new Problem(
                    HttpServletResponse.SC_FORBIDDEN,
                    "This host is not served",
                    "Waybill does not answer to the host name in this request; the setting"
                            + " waybill.allowed-hosts can add it.");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOwn(origin, asked.get())) {
            return new Problem(
                    HttpServletResponse.SC_FORBIDDEN,
                    "Cross-origin requests are refused",
                    "A page of another origin sent this request; Waybill takes requests of"
                            + " browsers from its own pages only.");
        }
        return authenticate(request);
    }

    private static boolean isOwn(String origin, Authority asked) {
        return Authority.ofOrigin(origin).filter(asked::isSameAs).isPresent();
    }

    /**
     * What is shown to anybody: the pages, the health, and the beginning of a WebSocket, whose
     * first message then names the user. Not what is asked for in an address, in GraphQL.
     */
    private static boolean isOpen(HttpServletRequest request) {
        String path = request.getServletPath();
        return !request.getMethod().equals("POST")
                && !path.equals("/api")
                && (!path.startsWith("/actuator/") || path.startsWith("/actuator/health"))
                && (!(path.equals("/graphql") || path.isEmpty())
                        || request.getQueryString() == null
                        || "websocket".equalsIgnoreCase(request.getHeader("Upgrade")));
    }

    private @Nullable Problem authenticate(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization == null) {
            return tokens.anonymous().isPresent() || isOpen(request) ? null : NO_CREDENTIALS;
        }
        Optional<Principal> principal = tokens.authorized(authorization);
        if (principal.isEmpty()) {
            return new Problem(
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "The credentials are not known",
                    "The Authorization header must be 'Bearer <token>' with a token of the"
                            + " credentials file; leave it out to be anonymous.");
        }
        request.setAttribute(PRINCIPAL, principal.get());
        return null;
    }
}
