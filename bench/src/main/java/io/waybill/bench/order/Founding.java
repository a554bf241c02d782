package io.waybill.bench.order;

import io.waybill.bench.http.LoadLoop;
import io.waybill.bench.http.Response;
import io.waybill.bench.load.Pause;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Sets towns up through the doors: many requests side by side, then waits until all of them are
 * applied. Not thread-safe.
 */
final class Founding {

    private static final Duration FOR_ALL = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * How a town is to be.
     *
     * @param ending what is to become of its orders
     */
    record Plan(String name, int customers, int restaurants, Ending ending) {}

    /** A command that was accepted, and what it is about. */
    private record Submitted(UUID command, UUID about) {}

    private final LoadLoop loop;
    private final OrderRequests requests;
    private final Duration patience;

    Founding(LoadLoop loop, OrderRequests requests, Duration patience) {
        this.loop = loop;
        this.requests = requests;
        this.patience = patience;
    }

    /**
     * Sets a town up.
     *
     * @throws IOException when anything is refused, or not applied in time
     */
    Town found(Plan plan) throws IOException {
        List<byte[]> who = new ArrayList<>();
        for (int i = 0; i < plan.customers(); i++) {
            who.add(requests.addCustomer(plan.name() + " customer " + i));
        }
        List<byte[]> where = new ArrayList<>();
        for (int i = 0; i < plan.restaurants(); i++) {
            where.add(
                    requests.register(plan.name() + " restaurant " + i, plan.ending().isManual()));
        }
        List<Submitted> customers = submit(who);
        List<Submitted> restaurants = submit(where);
        Town town = new Town(ids(customers), ids(restaurants), plan.ending());
        List<Submitted> all = new ArrayList<>(customers);
        all.addAll(restaurants);
        all.addAll(submit(equipment(town)));
        awaitAll(all);
        return town;
    }

    private List<byte[]> equipment(Town town) {
        List<byte[]> all = new ArrayList<>();
        town.customers().forEach(customer -> all.add(requests.deposit(customer, Town.FUNDS)));
        for (UUID restaurant : town.restaurants()) {
            all.add(requests.open(restaurant));
            Town.MENU.forEach(dish -> all.add(requests.setItem(restaurant, dish, Town.STOCK)));
        }
        return all;
    }

    private static List<UUID> ids(List<Submitted> submitted) {
        return submitted.stream().map(Submitted::about).toList();
    }

    private List<Submitted> submit(List<byte[]> mutations) throws IOException {
        List<Submitted> submitted = new ArrayList<>();
        for (Response response : loop.askAll(mutations, FOR_ALL)) {
            String command = response.string("commandId").orElseThrow(() -> refused(response));
            String id = response.string("id").orElseThrow(() -> refused(response));
            submitted.add(new Submitted(UUID.fromString(command), UUID.fromString(id)));
        }
        return submitted;
    }

    private void awaitAll(List<Submitted> submitted) throws IOException {
        long begun = System.nanoTime();
        List<Submitted> waiting = submitted;
        while (!waiting.isEmpty()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new IOException(
                        "%d commands that set the stage are not applied after %s"
                                .formatted(waiting.size(), patience));
            }
            waiting = undecided(waiting);
            if (!waiting.isEmpty()) {
                Pause.of(PAUSE);
            }
        }
    }

    private List<Submitted> undecided(List<Submitted> waiting) throws IOException {
        List<byte[]> questions =
                waiting.stream().map(each -> requests.command(each.command())).toList();
        List<Response> answers = loop.askAll(questions, FOR_ALL);
        List<Submitted> left = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            String status = answers.get(i).string("status").orElse("PENDING");
            switch (status) {
                case "APPLIED" -> {}
                case "PENDING" -> left.add(waiting.get(i));
                default -> throw refused(answers.get(i));
            }
        }
        return left;
    }

    private static IOException refused(Response response) {
        return new IOException("the stage could not be set: " + response.shown());
    }
}
