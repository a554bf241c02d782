package io.waybill.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what is wrong with a command line in a sentence, with a hint, and exits with 2. */
final class WrongUsage implements IParameterExceptionHandler {

    private final Surroundings surroundings;

    WrongUsage(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine commandLine = wrong.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("waybill: " + sentence(wrong, List.of(args)));
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private String sentence(ParameterException wrong, List<String> args) {
        return switch (wrong) {
            case CommandLine.UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case CommandLine.MissingParameterException missing ->
                    missing.getMissing().stream()
                                    .map(WrongUsage::name)
                                    .findFirst()
                                    .orElse("an option")
                            + " needs a value.";
            case CommandLine.OverwrittenOptionException twice ->
                    name(twice.getOverwritten()) + " is given more than once.";
            default -> value(wrong, args);
        };
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException wrong) {
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        String given = wrong.getUnmatched().getFirst();
        String bare = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
        if (given.startsWith("-")) {
            return "there is no option "
                    + bare
                    + "."
                    + hint(bare, spec.options().stream().map(OptionSpec::longestName));
        }
        return spec.subcommands().isEmpty()
                ? "'" + given + "' is not expected here."
                : "there is no verb '"
                        + given
                        + "'."
                        + hint(given, spec.subcommands().keySet().stream());
    }

    private static String hint(String given, Stream<String> known) {
        return Suggestion.closest(given, known.toList())
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }

    /** A value that its option does not take; names the variable when it came from there. */
    private String value(ParameterException wrong, List<String> args) {
        String message = String.valueOf(wrong.getMessage());
        if (!(wrong.getArgSpec() instanceof OptionSpec option)) {
            return message;
        }
        String name = option.longestName();
        String reason =
                wrong.getCause() instanceof CommandLine.TypeConversionException cause
                        ? String.valueOf(cause.getMessage())
                        : message;
        boolean onCommandLine =
                args.stream().anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "="));
        Optional<Surroundings.Origin> origin =
                onCommandLine ? Optional.empty() : surroundings.origin(name);
        return name + origin.map(from -> " (from " + from.name() + ")").orElse("") + ": " + reason;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
