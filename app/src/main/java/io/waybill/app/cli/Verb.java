package io.waybill.app.cli;

import java.util.concurrent.Callable;

/**
 * A verb of the command line that another module brings, found by {@link java.util.ServiceLoader}:
 * an object annotated for picocli, whose call returns the exit code.
 */
public interface Verb extends Callable<Integer> {

    /** What {@code bench} does: said in the list of verbs whether its module is here or not. */
    String BENCH = "Measures a system through its doors and checks that nothing was lost.";
}
