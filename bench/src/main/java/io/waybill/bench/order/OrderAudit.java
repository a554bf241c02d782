package io.waybill.bench.order;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.http.Response;
import io.waybill.bench.load.Pause;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Checks a ledger against what the system shows: walks through all orders of the town, and reads
 * every account and every menu. What is late is given some time. Not thread-safe.
 */
final class OrderAudit {

    // Fields times rows: within what one document may ask for.
    private static final int PAGE = 1_000;
    private static final Duration FOR_ONE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final LoadLoop loop;
    private final OrderRequests requests;
    private final Duration patience;
    private final JsonMapper json = new JsonMapper();

    OrderAudit(LoadLoop loop, OrderRequests requests, Duration patience) {
        this.loop = loop;
        this.requests = requests;
        this.patience = patience;
    }

    /** What there is, once it balances, or the patience is at its end. */
    Books check(OrderLedger ledger) throws IOException {
        long begun = System.nanoTime();
        while (true) {
            Books books = read(ledger);
            if (books.balance() || System.nanoTime() - begun > patience.toNanos()) {
                return books;
            }
            Pause.of(PAUSE);
        }
    }

    private Books read(OrderLedger ledger) throws IOException {
        Books books = new Books(ledger);
        Town town = ledger.town();
        for (UUID restaurant : town.restaurants()) {
            walk(restaurant, books);
        }
        List<Response> accounts =
                loop.askAll(town.customers().stream().map(requests::account).toList(), FOR_ONE);
        for (int i = 0; i < accounts.size(); i++) {
            JsonNode account = data(accounts.get(i)).path("account");
            books.account(town.customers().get(i), account);
        }
        for (UUID restaurant : town.restaurants()) {
            JsonNode data = data(loop.ask(requests.menu(restaurant), FOR_ONE));
            books.menu(restaurant, data.path("restaurant").path("menu"));
        }
        return books;
    }

    private void walk(UUID restaurant, Books books) throws IOException {
        String cursor = "";
        boolean more = true;
        while (more) {
            Response response = loop.ask(requests.page(restaurant, PAGE, cursor), FOR_ONE);
            JsonNode orders = data(response).path("orders");
            orders.path("nodes").forEach(order -> books.order(restaurant, order));
            cursor = orders.path("pageInfo").path("endCursor").asString("");
            more = orders.path("pageInfo").path("hasNextPage").asBoolean(false);
        }
    }

    private JsonNode data(Response response) throws IOException {
        try {
            JsonNode answer = json.readTree(response.body());
            if (answer.has("errors") || !answer.path("data").isObject()) {
                throw new IOException("a read was refused: " + response.shown());
            }
            return answer.path("data");
        } catch (JacksonException e) {
            throw new IOException("not JSON: " + response.shown(), e);
        }
    }
}
