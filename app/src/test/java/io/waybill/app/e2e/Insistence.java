package io.waybill.app.e2e;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends a mutation again while nobody answers. The mutation has an idempotency key,
 * so that one that was accepted unseen must not count twice.
 */
final class Insistence {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private Insistence() {}

    /** The answer to a mutation once it is accepted. */
    static JsonNode submit(GraphQl graphQl, String document, Map<String, Object> variables) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                JsonNode answer = graphQl.tryRun(document, variables);
                if (!answer.has("errors")) {
                    return answer.get("data");
                }
                String code = answer.get("errors").get(0).get("extensions").get("code").asString();
                if (!code.equals("RESOURCE_EXHAUSTED") && !code.equals("UNAVAILABLE")) {
                    throw new AssertionError(variables + " was refused: " + answer);
                }
            } catch (IOException e) {
                // Nobody there: perhaps accepted, perhaps not. Asked again with the same key.
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(variables + " was not accepted within " + PATIENCE);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
