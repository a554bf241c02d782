package io.waybill.app.cli;

import io.waybill.app.settings.Refusal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

import java.util.ArrayList;
import java.util.List;

/**
 * Stands for {@code bench} in the list of verbs where its module is not on the class path: it is
 * built when it is first asked for.
 */
@Command(name = "bench", description = Verb.BENCH)
final class BenchElsewhere implements Verb {

    /** Its options, whatever they mean. */
    @Unmatched private final List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        throw Refusal.cannotRun(
                "the benchmark is not part of this program; './waybill bench' builds and runs it.");
    }
}
