package io.waybill.gateway.asyncapi;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.EventCatalogue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Serves the document, made once. Safe for use by many threads. */
public final class AsyncApiDocument extends HttpServlet {

    /** Where it is served. */
    public static final String PATH = "/asyncapi.yaml";

    private static final long serialVersionUID = 1L;

    private final transient byte[] yaml;

    /** The document of Waybill's own commands and events. */
    public AsyncApiDocument() {
        yaml = yaml().getBytes(StandardCharsets.UTF_8);
    }

    static String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options)
                .dump(AsyncApi.of(CommandCatalogue.standard(), EventCatalogue.standard()));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/yaml;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(yaml.length);
        response.getOutputStream().write(yaml);
    }
}
