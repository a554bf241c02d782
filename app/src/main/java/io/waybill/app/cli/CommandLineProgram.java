package io.waybill.app.cli;

import io.waybill.app.settings.Refusal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

import java.io.PrintWriter;
import java.util.ServiceLoader;

/** {@code waybill}: what one meets before any verb. */
@Command(
        name = "waybill",
        description = "A GraphQL gateway whose writes are queued on MQTT, and never lost.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {UpCommand.class, DemoCommand.class},
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Begin with: waybill up"})
public final class CommandLineProgram {

    private CommandLineProgram() {}

    /** Runs a command line in this thread and returns the exit code. */
    public static int run(String... args) {
        CommandLine commandLine = commandLine(new Surroundings());
        if (args.length == 0) {
            commandLine.usage(commandLine.getOut(), Ansi.AUTO);
            return CommandLine.ExitCode.OK;
        }
        return commandLine.execute(args);
    }

    /** The command line with all its verbs, for the given environment. */
    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commandLine = new CommandLine(new CommandLineProgram());
        for (Verb verb : ServiceLoader.load(Verb.class)) {
            commandLine.addSubcommand(verb);
        }
        if (!commandLine.getSubcommands().containsKey("bench")) {
            commandLine.addSubcommand(new BenchElsewhere());
        }
        return commandLine
                .setDefaultValueProvider(surroundings)
                .setParameterExceptionHandler(new WrongUsage(surroundings))
                .setExecutionExceptionHandler(CommandLineProgram::failed)
                .setUsageHelpAutoWidth(true);
    }

    private static int failed(
            Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof Refusal refusal) {
            err.println("waybill: " + refusal.sentence());
            return refusal.exitCode();
        }
        Logger log = LoggerFactory.getLogger(CommandLineProgram.class);
        log.debug("the program failed", failure);
        err.println(
                "waybill: "
                        + sentence(failure)
                        + System.lineSeparator()
                        + "(more with WAYBILL_LOG_LEVEL=debug)");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? "failed with " + failure.getClass().getSimpleName()
                : message;
    }
}
