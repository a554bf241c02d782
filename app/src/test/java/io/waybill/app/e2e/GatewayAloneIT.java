package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;

/** A gateway whose neighbours come later: it takes writes, and is not ready before a first read. */
class GatewayAloneIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path folder = Folders.fresh("alone");
    private final int databasePort = RunningWaybill.freePort();
    private final int readerPort = RunningWaybill.freePort();
    private final int httpPort = RunningWaybill.freePort();

    @Test
    void it_accepts_writes_at_once_and_is_ready_once_a_read_was_answered() throws Exception {
        GraphQl graphQl = new GraphQl(httpPort);
        try (RunningWaybill gateway =
                        role(
                                "gateway",
                                "--reader=localhost:" + readerPort,
                                "--http-port=" + httpPort);
                RunningWaybill reader =
                        role(
                                "reader",
                                "--database=localhost:" + databasePort,
                                "--reader-port=" + readerPort);
                RunningWaybill database = role("database", "--database-port=" + databasePort)) {
            gateway.launch();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(
                            () ->
                                    graphQl.data("mutation { addContact(name: \"Ada\") { id } }")
                                            .has("addContact"));
            await().atMost(SOON)
                    .until(
                            () ->
                                    detail(graphQl, "reader")
                                            .equals("the reader does not answer now"));
            assertThat(status(graphQl, "reader")).isEqualTo("DOWN");
            assertThat(status(graphQl, "gateway")).isEqualTo("UP");

            reader.launch();
            await().atMost(SOON)
                    .until(() -> detail(graphQl, "reader").equals("the database does not answer"));
            assertThat(gateway.readyFile()).doesNotExist();
            assertThat(gateway.output()).doesNotContain("waybill ready");

            database.launch();
            gateway.awaitReady();
            assertThat(gateway.output()).contains("waybill ready");
            assertThat(graphQl.data("{ listContacts(count: 1) { id } }").get("listContacts"))
                    .isEmpty();
            assertThat(status(graphQl, "reader")).isEqualTo("UP");
        }
    }

    private RunningWaybill role(String role, String... options) {
        String[] all = new String[options.length + 4];
        all[0] = "--roles=" + role;
        all[1] = "--data=" + folder.resolve("data");
        all[2] = "--broker=mqtt://localhost:1";
        all[3] = role.equals("gateway") ? "--delay=0" : "--management-port=0";
        System.arraycopy(options, 0, all, 4, options.length);
        return RunningWaybill.prepared(role, folder, all);
    }

    private static String detail(GraphQl graphQl, String role) throws Exception {
        return entry(graphQl, role).path("details").path("detail").asString("");
    }

    private static String status(GraphQl graphQl, String role) throws Exception {
        return entry(graphQl, role).path("status").asString("");
    }

    private static JsonNode entry(GraphQl graphQl, String role) throws Exception {
        return GraphQl.JSON
                .readTree(graphQl.get("/actuator/health").body())
                .path("components")
                .path(role);
    }
}
