package io.waybill.bench.contact;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.http.Response;
import io.waybill.bench.load.Pause;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Checks a ledger against what the system shows: walks through all contacts, page by page, and
 * finds each accepted add exactly once, under the id that was promised; asks the outcome of a
 * sample of commands. Remembers how far it walked, so that a later check begins there. Not
 * thread-safe.
 */
final class Audit {

    /**
     * What a check found.
     *
     * @param lost accepted, but not there
     * @param twice there more than once
     * @param otherId there, but not under the id that was promised
     * @param unknown there, though refused
     * @param notApplied of the commands whose outcome was asked, those that were not applied
     */
    record Finding(
            int accepted,
            int found,
            int lost,
            int twice,
            int otherId,
            int unknown,
            int sampled,
            int notApplied) {

        boolean nothingLost() {
            return lost == 0 && twice == 0 && otherId == 0 && unknown == 0 && notApplied == 0;
        }
    }

    private static final int PAGE = 1_000;
    private static final int SAMPLE = 1_000;
    private static final Duration FOR_ONE = Duration.ofSeconds(30);

    private final LoadLoop loop;
    private final Requests requests;
    private final Duration patience;
    private final JsonMapper json = new JsonMapper();
    private String cursor = "";

    Audit(LoadLoop loop, Requests requests, Duration patience) {
        this.patience = patience;
        this.loop = loop;
        this.requests = requests;
    }

    /** Walks past all that is there already. */
    void skip() throws IOException {
        walk((name, id) -> {});
    }

    /** Checks a ledger, giving what is late some time to appear. */
    Finding check(Ledger ledger) throws IOException {
        Tally tally = new Tally(ledger);
        long begun = System.nanoTime();
        walk(tally::saw);
        while (tally.lost() > 0 && System.nanoTime() - begun < patience.toNanos()) {
            Pause.of(Duration.ofMillis(200));
            walk(tally::saw);
        }
        int sampled = Math.min(SAMPLE, ledger.accepted().size());
        return tally.finding(sampled, sampled - applied(ledger, sampled));
    }

    private interface Visitor {
        void saw(String name, String id);
    }

    private void walk(Visitor visitor) throws IOException {
        boolean more = true;
        while (more) {
            Response response = loop.ask(requests.page(PAGE, cursor), FOR_ONE);
            JsonNode contacts = read(response).path("data").path("contacts");
            if (!contacts.isObject()) {
                throw new IOException("a page of contacts was refused: " + response.shown());
            }
            for (JsonNode edge : contacts.path("edges")) {
                JsonNode node = edge.path("node");
                visitor.saw(node.path("name").asString(""), node.path("id").asString(""));
            }
            String end = contacts.path("pageInfo").path("endCursor").asString("");
            cursor = end.isEmpty() ? cursor : end;
            more = contacts.path("pageInfo").path("hasNextPage").asBoolean(false);
        }
    }

    private JsonNode read(Response response) throws IOException {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("not JSON: " + response.shown(), e);
        }
    }

    private int applied(Ledger ledger, int sampled) throws IOException {
        Random random = new Random(ledger.asked());
        boolean all = sampled == ledger.accepted().size();
        List<byte[]> questions = new ArrayList<>();
        for (int i = 0; i < sampled; i++) {
            int at = all ? i : random.nextInt(ledger.accepted().size());
            questions.add(requests.command(ledger.accepted().get(at).command()));
        }
        return (int)
                loop.askAll(questions, FOR_ONE).stream()
                        .filter(
                                answer ->
                                        answer.string("status")
                                                .filter("APPLIED"::equals)
                                                .isPresent())
                        .count();
    }

    private static final class Tally {

        private final Ledger ledger;
        private final Ledger.@Nullable Accepted[] promised;
        private final BitSet seen = new BitSet();
        private int found;
        private int twice;
        private int otherId;
        private int unknown;

        Tally(Ledger ledger) {
            this.ledger = ledger;
            promised = new Ledger.@Nullable Accepted[ledger.asked()];
            for (Ledger.Accepted add : ledger.accepted()) {
                promised[add.number()] = add;
            }
        }

        void saw(String name, String id) {
            int number = ledger.number(name);
            if (number < 0) {
                return;
            }
            if (number >= promised.length || seen.get(number)) {
                twice++;
                return;
            }
            seen.set(number);
            Ledger.Accepted expected = promised[number];
            if (expected == null) {
                unknown += ledger.isInDoubt(number) ? 0 : 1;
            } else {
                found++;
                otherId += expected.contact().toString().equals(id) ? 0 : 1;
            }
        }

        int lost() {
            return ledger.accepted().size() - found;
        }

        Finding finding(int sampled, int notApplied) {
            return new Finding(
                    ledger.accepted().size(),
                    found,
                    lost(),
                    twice,
                    otherId,
                    unknown,
                    sampled,
                    notApplied);
        }
    }
}
