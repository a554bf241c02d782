package io.waybill.bench.order;

import io.waybill.bench.report.Report;
import io.waybill.bench.report.Trouble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The end of a load of orders: what went wrong on the way, and whether everything balances. An
 * order that is lost, doubled, left over or unknown, and money or stock that is not what the orders
 * say, are faults of the run; refusals and broken connections are only told.
 */
final class OrderSettlement {

    private final Report report;
    private final OrderAudit audit;
    private final OrderNews news;

    OrderSettlement(Report report, OrderAudit audit, OrderNews news) {
        this.report = report;
        this.audit = audit;
        this.news = news;
    }

    /** Reports what went wrong while a load ran. */
    void hear(String what, OrderLoad load) {
        if (load.refused().count() > 0) {
            report.note(
                    "%s: %d refused, the first: %s"
                            .formatted(what, load.refused().count(), load.refused().first()));
        }
        if (load.accepted().isEmpty()) {
            report.fault(what + ": nothing was accepted");
        }
        int unheard = load.unheard();
        if (unheard > 0) {
            unheard("%s: of %d accepted orders nothing was heard".formatted(what, unheard));
        }
    }

    /** The figures are taken from what was heard: without an interruption that is everything. */
    private void unheard(String sentence) {
        if (news.interruptions() > 0) {
            report.note(
                    "%s; the connection to the broker broke %d times"
                            .formatted(sentence, news.interruptions()));
        } else {
            report.fault(sentence);
        }
    }

    /** Checks the books of a town. */
    void settle(String what, OrderLedger ledger) throws IOException {
        if (ledger.inDoubt() > 0) {
            report.note(
                    "%s: %d left in doubt by broken connections".formatted(what, ledger.inDoubt()));
        }
        Books books = audit.check(ledger);
        List<String> found = new ArrayList<>();
        found.add(
                String.format(
                        Locale.ROOT,
                        "%,d accepted, %,d found once and %s",
                        ledger.accepted().size(),
                        books.found() - books.unfinished().count(),
                        ledger.town().ending()));
        found.add(String.format(Locale.ROOT, "%,d lost", books.lost()));
        tell(found, "there twice", books.doubled());
        tell(found, "unknown", books.unknown());
        tell(found, "left over or ended otherwise", books.unfinished());
        found.add(String.format(Locale.ROOT, "%,d accounts", books.accounts()));
        tell(found, "not balanced", books.wrongAccounts());
        found.add(String.format(Locale.ROOT, "%,d dishes", books.dishes()));
        tell(found, "with a wrong stock", books.wrongDishes());
        String sentence = what + ": " + String.join(", ", found);
        if (books.balance()) {
            report.note(sentence);
        } else {
            report.fault(sentence);
        }
    }

    private static void tell(List<String> found, String what, Trouble trouble) {
        String count = String.format(Locale.ROOT, "%,d %s", trouble.count(), what);
        found.add(trouble.count() == 0 ? count : count + " (" + trouble.first() + ")");
    }
}
