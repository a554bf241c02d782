package io.waybill.gateway.rest;

import io.waybill.gateway.standin.ShortWindow;
import io.waybill.gateway.web.AllowedHosts;
import io.waybill.gateway.web.Connectors;
import io.waybill.gateway.web.DoorFilter;
import io.waybill.gateway.web.Tokens;
import io.waybill.wire.identity.Principal;

import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The REST door on a real server on a free port, set up as the real one is, over a house in memory,
 * and a client of it that holds every answer against the document.
 */
final class RestDoor implements AutoCloseable {

    static final String TOKEN = "ada-token";
    static final Principal ADA = new Principal("ada");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    final StandInHouse house = new StandInHouse();
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Documented documented = new Documented(OpenApiServlet.yaml("EUR"));

    /** What came back. */
    record Answer(int status, HttpHeaders headers, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String text(String field) {
            return json().path(field).asString("");
        }
    }

    private RestDoor(boolean anonymous) {
        tomcat.setPort(0);
        tomcat.setSilent(true);
        Connectors.setUp(tomcat.getConnector());
        ShortWindow.setUp(tomcat.getConnector());
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        Tomcat.addServlet(
                context, "rest", new RestServlet(house.ports(), "EUR", Duration.ofSeconds(10)));
        context.addServletMappingDecoded(RestServlet.MAPPING, "rest");
        Tomcat.addServlet(context, "document", new OpenApiServlet("EUR"));
        context.addServletMappingDecoded(OpenApiServlet.PATH, "document");
        FilterDef filter = new FilterDef();
        filter.setFilterName("door");
        filter.setFilter(
                new DoorFilter(new AllowedHosts("127.0.0.1", Set.of()), tokens(anonymous)));
        context.addFilterDef(filter);
        FilterMap everything = new FilterMap();
        everything.setFilterName("door");
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new AssertionError(e);
        }
    }

    static RestDoor open() {
        return new RestDoor(true);
    }

    /** One where nobody is anonymous. */
    static RestDoor forUsers() {
        return new RestDoor(false);
    }

    private static Tokens tokens(boolean anonymous) {
        return new Tokens() {
            @Override
            public Optional<Principal> principal(String token) {
                return token.equals(TOKEN) ? Optional.of(ADA) : Optional.empty();
            }

            @Override
            public Optional<Principal> anonymous() {
                return anonymous ? Optional.of(Principal.ANONYMOUS) : Optional.empty();
            }
        };
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** Sends JSON, or nothing when it is empty. */
    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .timeout(Duration.ofSeconds(30));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        request.method(
                method,
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        Answer answer = send(request.build());
        documented.check(method, path, answer);
        return answer;
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new AssertionError(e);
        }
    }
}
