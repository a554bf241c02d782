package io.waybill.app.cli;

import io.waybill.app.demo.Demo;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code waybill demo}: fills a running system with something to look at. */
@Command(
        name = "demo",
        description =
                "Fills a running Waybill with a few customers, restaurants and orders. Run again, it"
                        + " adds nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n")
final class DemoCommand implements Verb {

    @Option(
            names = "--http",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            converter = Values.HttpAddress.class,
            description = "Where the gateway is." + Values.DEFAULT)
    private URI http = URI.create("http://localhost:8080");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A user's token, where the gateway wants one.")
    private @Nullable String token;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = TimeSpan.class,
            description = "How long to wait for all outcomes." + Values.DEFAULT)
    private Duration wait = Duration.ofSeconds(60);

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        Console console = System.console();
        boolean moving = console != null && console.isTerminal();
        try (Demo demo =
                new Demo(
                        http,
                        Optional.ofNullable(token),
                        wait,
                        spec.commandLine().getOut(),
                        moving)) {
            demo.play();
        }
        return 0;
    }
}
