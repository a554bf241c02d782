package io.waybill.bench.contact;

import io.waybill.bench.report.Report;
import io.waybill.bench.report.Trouble;

import java.io.IOException;
import java.util.Locale;

/**
 * The end of a load: what went wrong on the way, and whether all that was accepted is there, once.
 * Anything lost, doubled, stale or under another id is a fault of the run; refusals and broken
 * connections are only told.
 */
final class Settlement {

    private final Report report;
    private final Audit audit;

    Settlement(Report report, Audit audit) {
        this.report = report;
        this.audit = audit;
    }

    /** Reports what went wrong while a load ran, then checks its ledger. */
    void settle(String what, AddLoad load, Ledger ledger) throws IOException {
        Trouble refused = load.adds().refused();
        if (refused.count() > 0) {
            report.note(
                    "%s: %d refused, the first: %s"
                            .formatted(what, refused.count(), refused.first()));
        }
        if (ledger.inDoubt() > 0) {
            report.note(
                    "%s: %d left in doubt by broken connections".formatted(what, ledger.inDoubt()));
        }
        if (load.readBacks().timeOuts() > 0) {
            report.note(
                    "%s: %d reads had to be asked again"
                            .formatted(what, load.readBacks().timeOuts()));
        }
        Trouble stale = load.readBacks().stale();
        if (stale.count() > 0) {
            report.fault(
                    "%s: %d stale reads, the first: %s"
                            .formatted(what, stale.count(), stale.first()));
        }
        if (ledger.accepted().isEmpty()) {
            report.fault(what + ": nothing was accepted");
        }
        Audit.Finding finding = audit.check(ledger);
        String sentence =
                String.format(
                        Locale.ROOT,
                        "%s: %,d accepted, %,d found in the list once; %,d lost, %,d twice, %,d under"
                                + " another id, %,d that were refused; of %,d outcomes asked, %,d were"
                                + " not APPLIED",
                        what,
                        finding.accepted(),
                        finding.found(),
                        finding.lost(),
                        finding.twice(),
                        finding.otherId(),
                        finding.unknown(),
                        finding.sampled(),
                        finding.notApplied());
        if (finding.nothingLost()) {
            report.note(sentence);
        } else {
            report.fault(sentence);
        }
    }
}
