package io.waybill.gateway.rest;

import io.waybill.gateway.web.Problem;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Serves the OpenAPI document of the REST door, which is made when it is first asked for. Safe for
 * use by many threads.
 */
public final class OpenApiServlet extends HttpServlet {

    /** Where it is to be registered. */
    public static final String PATH = "/openapi.yaml";

    private static final long serialVersionUID = 1L;
    private static final int WIDTH = 120;

    private final String currency;
    private transient volatile @Nullable Served served;

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the class
    private record Served(byte[] document, String tag) {}

    /**
     * Serves the document.
     *
     * @param currency of amounts that name none, ISO 4217
     */
    public OpenApiServlet(String currency) {
        this.currency = currency;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET");
            new Problem(
                            HttpStatus.METHOD_NOT_ALLOWED,
                            HttpStatus.title(HttpStatus.METHOD_NOT_ALLOWED),
                            "the document is read with GET")
                    .send(response);
            return;
        }
        Served now = served();
        response.setHeader("ETag", now.tag());
        response.setHeader("Cache-Control", "no-cache");
        if (now.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/yaml");
        response.setContentLength(now.document().length);
        response.getOutputStream().write(now.document());
    }

    private Served served() {
        Served known = served;
        if (known == null) {
            byte[] document = yaml(currency).getBytes(StandardCharsets.UTF_8);
            CRC32C checksum = new CRC32C();
            checksum.update(document);
            String tag = HexFormat.of().toHexDigits((int) checksum.getValue());
            known = new Served(document, '"' + tag + '"');
            served = known;
        }
        return known;
    }

    /** The document as text. */
    static String yaml(String currency) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setDereferenceAliases(true);
        options.setSplitLines(false);
        options.setWidth(WIDTH);
        return new Yaml(options).dump(OpenApi.document(currency));
    }
}
