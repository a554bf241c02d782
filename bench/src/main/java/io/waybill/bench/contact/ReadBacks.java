package io.waybill.bench.contact;

import io.waybill.bench.http.Exchange;
import io.waybill.bench.http.Response;
import io.waybill.bench.report.Trouble;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads accepted contacts back with {@code afterCommand}: each answer comes when the contact can be
 * read. One that is told to have waited too long is asked again; an answer without the contact is a
 * stale read, which must never be.
 */
final class ReadBacks {

    /** Hears of each contact that was read. */
    interface Listener {
        /**
         * A contact was read.
         *
         * @param acceptedAt when its add was accepted
         */
        void readable(Ledger.Accepted add, long acceptedAt, long now);
    }

    private record Waiting(Ledger.Accepted add, long acceptedAt) {}

    private final Requests requests;
    private final Listener listener;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Trouble stale = new Trouble();
    private int timeOuts;
    private int underWay;

    ReadBacks(Requests requests, Listener listener) {
        this.requests = requests;
        this.listener = listener;
    }

    void add(Ledger.Accepted add, long acceptedAt) {
        waiting.add(new Waiting(add, acceptedAt));
    }

    @Nullable Exchange next() {
        Waiting one = waiting.poll();
        if (one == null) {
            return null;
        }
        underWay++;
        return new Exchange(
                requests.contactAfter(one.add().contact(), one.add().command()),
                new Exchange.Answer() {
                    @Override
                    public void answered(Response response, long now) {
                        underWay--;
                        heard(one, response, now);
                    }

                    @Override
                    public void broken(IOException cause) {
                        underWay--;
                        waiting.add(one);
                    }
                });
    }

    private void heard(Waiting one, Response response, long now) {
        if (response.string("id").filter(one.add().contact().toString()::equals).isPresent()) {
            listener.readable(one.add(), one.acceptedAt(), now);
        } else if (response.string("code").isPresent()) {
            // Not in time, or a part is away: asked again. The work's own time ends that.
            timeOuts++;
            waiting.add(one);
        } else {
            stale.add(response.shown());
        }
    }

    boolean done() {
        return underWay == 0 && waiting.isEmpty();
    }

    /** How often an answer did not come within the system's own limit. */
    int timeOuts() {
        return timeOuts;
    }

    Trouble stale() {
        return stale;
    }
}
