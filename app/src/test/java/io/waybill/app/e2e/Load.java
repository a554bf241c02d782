package io.waybill.app.e2e;

import io.waybill.app.e2e.Ledger.Accepted;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Clients that add contacts and change each many times, one command after the other, and write down
 * what was accepted.
 */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final GraphQl graphQl;
    private final Ledger ledger;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    private Load(GraphQl graphQl, Ledger ledger) {
        this.graphQl = graphQl;
        this.ledger = ledger;
    }

    /** Starts so many clients, each for one contact, each with so many commands. */
    static Load start(GraphQl graphQl, Ledger ledger, int contacts, int commandsEach) {
        Load load = new Load(graphQl, ledger);
        for (int contact = 0; contact < contacts; contact++) {
            String label = "contact " + contact;
            load.running.add(load.clients.submit(() -> load.run(label, commandsEach)));
        }
        return load;
    }

    /** Waits until so many commands are accepted. */
    void awaitAccepted(int number) {
        org.awaitility.Awaitility.await(number + " accepted")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> ledger.size() >= number);
    }

    /** Waits until all clients are done; fails when one was refused. */
    void finish() throws Exception {
        for (Future<?> client : running) {
            client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }

    private void run(String label, int commands) {
        String contact = null;
        for (int number = 1; number <= commands; number++) {
            String name = label + ", " + number;
            JsonNode answer = submit(contact, name, UUID.randomUUID().toString());
            contact = answer.get("id").asString();
            ledger.write(new Accepted(answer.get("commandId").asString(), contact, name));
        }
    }

    private JsonNode submit(@Nullable String contact, String name, String key) {
        String document =
                contact == null
                        ? "mutation($name: String!, $key: String) { done: addContact(name: $name,"
                                + " idempotencyKey: $key) { status commandId id } }"
                        : "mutation($name: String, $key: String, $id: String!) { done:"
                                + " updateContact(id: $id, name: $name, idempotencyKey: $key) {"
                                + " status commandId id } }";
        Map<String, Object> variables =
                contact == null
                        ? Map.of("name", name, "key", key)
                        : Map.of("name", name, "key", key, "id", contact);
        return Insistence.submit(graphQl, document, variables).get("done");
    }
}
