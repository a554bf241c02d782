package io.waybill.bench.contact;

import io.waybill.bench.http.Exchange;
import io.waybill.bench.http.Response;
import io.waybill.bench.load.Samples;
import io.waybill.bench.report.Trouble;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/**
 * Adds contacts and keeps the books: what was accepted, refused or left in doubt, and how long it
 * took.
 */
final class Adds {

    /** Hears of each accepted add. */
    interface Listener {
        void accepted(Ledger.Accepted add, long now);
    }

    private final Requests requests;
    private final Ledger ledger;
    private final Listener listener;
    private final Samples latency = new Samples();
    private final Trouble refused = new Trouble();
    private int underWay;

    Adds(Requests requests, Ledger ledger, Listener listener) {
        this.requests = requests;
        this.ledger = ledger;
        this.listener = listener;
    }

    /** The next add; its latency counts from a time. */
    Exchange next(long from) {
        int number = ledger.nextNumber();
        underWay++;
        return new Exchange(
                requests.add(ledger.name(number)),
                new Exchange.Answer() {
                    @Override
                    public void answered(Response response, long now) {
                        underWay--;
                        heard(number, response, from, now);
                    }

                    @Override
                    public void broken(IOException cause) {
                        underWay--;
                        ledger.doubt(number);
                    }
                });
    }

    private void heard(int number, Response response, long from, long now) {
        Optional<UUID> command = response.string("commandId").map(UUID::fromString);
        Optional<UUID> contact = response.string("id").map(UUID::fromString);
        if (response.string("status").filter("OK"::equals).isEmpty()
                || command.isEmpty()
                || contact.isEmpty()) {
            refused.add(response.shown());
            return;
        }
        latency.add(now - from);
        Ledger.Accepted add = new Ledger.Accepted(number, command.get(), contact.get());
        ledger.accept(add);
        listener.accepted(add, now);
    }

    /** How many are not answered yet. */
    int underWay() {
        return underWay;
    }

    Samples latency() {
        return latency;
    }

    Trouble refused() {
        return refused;
    }
}
