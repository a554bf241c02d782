package io.waybill.gateway.playground;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the playground: its page at {@code /}, what the page needs below {@value #FOLDER}. Files
 * are read when they are first asked for. Safe for use by many threads.
 */
public final class Playground extends HttpServlet implements HttpRequestHandler {

    /** Where the page's files are. */
    public static final String FOLDER = "/playground/";

    private static final long serialVersionUID = 1L;

    private static final String JAVASCRIPT = "text/javascript;charset=UTF-8";
    private static final String CSS = "text/css;charset=UTF-8";
    private static final String OURS = "playground/";
    private static final String GRAPHIQL = "META-INF/resources/graphql-ui/";

    private record Source(String resource, String contentType) {}

    private static final Source PAGE = new Source(OURS + "index.html", "text/html;charset=UTF-8");

    private static final Map<String, Source> FILES =
            Map.of(
                    "playground.js", new Source(OURS + "playground.js", JAVASCRIPT),
                    "fetcher.js", new Source(OURS + "fetcher.js", JAVASCRIPT),
                    "contact-tabs.js", new Source(OURS + "contact-tabs.js", JAVASCRIPT),
                    "order-tabs.js", new Source(OURS + "order-tabs.js", JAVASCRIPT),
                    "playground.css", new Source(OURS + "playground.css", CSS),
                    "waybill.svg", new Source(OURS + "waybill.svg", "image/svg+xml"),
                    "react.js", new Source(GRAPHIQL + "react.production.min.js", JAVASCRIPT),
                    "react-dom.js",
                            new Source(GRAPHIQL + "react-dom.production.min.js", JAVASCRIPT),
                    "graphiql.js", new Source(GRAPHIQL + "graphiql.min.js", JAVASCRIPT),
                    "graphiql.css", new Source(GRAPHIQL + "graphiql.min.css", CSS));

    private final transient Map<Source, Asset> assets = new ConcurrentHashMap<>();

    /** Shows the page. */
    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        send(PAGE, request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getPathInfo();
        @Nullable Source file = path == null ? null : FILES.get(path.substring(1));
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            send(file, request, response);
        }
    }

    private void send(Source file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Asset asset =
                assets.computeIfAbsent(
                        file, source -> Asset.of(source.resource(), source.contentType()));
        response.setHeader("ETag", asset.tag());
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        if (asset.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        String encodings = request.getHeader("Accept-Encoding");
        boolean compressed = encodings != null && encodings.contains("gzip");
        byte[] body = compressed ? asset.compressed() : asset.content();
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(asset.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
