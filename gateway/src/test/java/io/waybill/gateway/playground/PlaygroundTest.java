package io.waybill.gateway.playground;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/** The playground's files; what they do in a browser is shown by the tests of the whole program. */
class PlaygroundTest {

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
        door = new HttpDoor(gateway.at("/"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void the_page_and_all_that_it_names_come_from_here() {
        String page = get("/").body();
        var files =
                Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1))
                        .toList();

        assertThat(files).hasSizeGreaterThan(7).allMatch(file -> file.startsWith("/playground/"));
        for (String file : files) {
            assertThat(get(file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(page).doesNotContain("<script>").doesNotContain("style=").doesNotContain("http");
    }

    @Test
    void files_are_compressed_and_not_sent_twice() {
        var compressed =
                door.send(
                        HttpRequest.newBuilder(gateway.at("/playground/graphiql.js"))
                                .header("Accept-Encoding", "gzip"));
        var again =
                door.send(
                        HttpRequest.newBuilder(gateway.at("/playground/graphiql.js"))
                                .header(
                                        "If-None-Match",
                                        compressed.headers().firstValue("etag").orElseThrow()));

        assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(compressed.headers().firstValueAsLong("content-length").orElseThrow())
                .isLessThan(1_500_000);
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void nothing_else_is_served() {
        for (String path :
                new String[] {
                    "/playground/",
                    "/playground/index.html",
                    "/playground/..%2f..%2fapplication.properties",
                    "/graphql-ui/index.html",
                    "/index.html",
                    "/graphql/schema.graphqls"
                }) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    private static HttpResponse<String> get(String path) {
        return door.send(HttpRequest.newBuilder(gateway.at(path)));
    }
}
