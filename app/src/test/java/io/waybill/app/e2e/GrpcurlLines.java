package io.waybill.app.e2e;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines for grpcurl, done without it by reflection: that they name services, methods and fields
 * that there are, and what is answered. Knows what the README uses of it, and no more.
 */
final class GrpcurlLines {

    private static final Pattern LINE =
            Pattern.compile(
                    "grpcurl -plaintext (?:-d '(?<request>[^']*)' )?localhost:\\d+ "
                            + "(?<what>\\S+)(?: (?<symbol>\\S+))?");

    private final List<String> lines;

    /** The lines of a script, of which each must be one for grpcurl. */
    GrpcurlLines(String script) {
        lines = script.replaceAll("\\\\\n\\s*", "").lines().toList();
    }

    /** What a server answers to all of them, as grpcurl would show it. */
    String answers(Reflected server) {
        return lines.stream().map(line -> answer(line, server)).collect(Collectors.joining("\n"));
    }

    private static String answer(String line, Reflected server) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError("not understood: " + line);
        }
        String what = parts.group("what");
        return switch (what) {
            case "list" -> String.join("\n", server.services());
            case "describe" -> String.join("\n", server.fields(parts.group("symbol")));
            default -> {
                int slash = what.indexOf('/');
                String request = parts.group("request");
                yield server.answer(
                        what.substring(0, slash),
                        what.substring(slash + 1),
                        request == null ? "{}" : request);
            }
        };
    }
}
