package io.waybill.app;

import io.waybill.app.cli.CommandLineProgram;

/** Where the program begins. */
public final class Waybill {

    private Waybill() {}

    /** Runs a command line and exits with its code. */
    public static void main(String[] args) {
        Logging.setUp();
        System.exit(CommandLineProgram.run(args));
    }
}
