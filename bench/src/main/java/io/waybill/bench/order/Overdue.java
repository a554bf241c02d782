package io.waybill.bench.order;

import io.waybill.bench.load.Samples;
import io.waybill.bench.report.Figure;
import io.waybill.bench.report.Report;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;

/**
 * How long after its deadline each order timed out: by the times that the events hold, and until it
 * was heard here. Both clocks must be the same, so the system must be on this machine. Not
 * thread-safe.
 */
final class Overdue {

    private static final int MOST_MILLIS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Instant now = Instant.now();
    private final long nanos = System.nanoTime();
    private final Samples recorded = new Samples();
    private final Samples heard = new Samples();
    private int early;
    private int others;

    /** How much time a person was given. */
    static Duration timeGiven(OrderNews.Heard asked) {
        return Duration.between(time(asked, "at"), time(asked, "deadline"));
    }

    private static Instant time(OrderNews.Heard news, String field) {
        return Instant.parse(event(news).path(field).asString());
    }

    private static JsonNode event(OrderNews.Heard news) {
        return JSON.readTree(news.told());
    }

    /**
     * Adds an order.
     *
     * @param asked that a person was asked to decide
     * @param refused that nobody did in time
     */
    void add(OrderNews.@Nullable Heard asked, OrderNews.@Nullable Heard refused) {
        if (asked == null
                || refused == null
                || !event(refused).path("code").asString("").equals("TIMED_OUT")) {
            others++;
            return;
        }
        Instant deadline = time(asked, "deadline");
        Duration late = Duration.between(deadline, time(refused, "at"));
        if (late.isNegative()) {
            early++;
        }
        recorded.add(late.toNanos());
        Instant heardAt = now.plusNanos(refused.at() - nanos);
        heard.add(Duration.between(deadline, heardAt).toNanos());
    }

    /** Puts all of it into a report. */
    void tell(Report report, String what) {
        tell(report, "timers_late", what + ": recorded after due", recorded);
        report.add(
                Figure.time(
                                "timers_late_max",
                                what + ": recorded after due, the last",
                                recorded.percentile(1))
                        .atMost(MOST_MILLIS));
        tell(report, "timers_heard", what + ": heard after due", heard);
        if (early > 0) {
            report.fault("%s: %d before they were due".formatted(what, early));
        }
        if (others > 0) {
            report.fault("%s: %d did not time out as they should".formatted(what, others));
        }
    }

    private static void tell(Report report, String id, String what, Samples samples) {
        report.add(Figure.time(id + "_p50", what + ", p50", samples.percentile(0.5)));
        report.add(Figure.time(id + "_p99", what + ", p99", samples.percentile(0.99)));
    }
}
