package io.waybill.bench.report;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Collects what a run finds and says it as it comes. Not thread-safe. */
public final class Report {

    private final Consumer<String> out;
    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> comparisons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** Says on a line each what it is told. */
    public Report(Consumer<String> out) {
        this.out = out;
    }

    /** Says what is going on. */
    public void progress(String sentence) {
        out.accept(sentence);
    }

    /** Under which circumstances it was measured. */
    public void circumstance(String name, String value) {
        circumstances.put(name, value);
    }

    /** A figure. */
    public void add(Figure figure) {
        figures.add(figure);
        out.accept("  " + figure.what() + "  " + figure.shownValue());
    }

    /** What one request took of CPU time, here and in the system. */
    public void cost(String id, String what, Cost cost, int requests) {
        if (requests == 0) {
            return;
        }
        add(cpu(id + "_generator_cpu", what + ": CPU each, generator", cost.generator(), requests));
        cost.system()
                .ifPresent(
                        system ->
                                add(
                                        cpu(
                                                id + "_system_cpu",
                                                what + ": CPU each, system",
                                                system,
                                                requests)));
    }

    private static Figure cpu(String id, String what, Duration time, int requests) {
        return new Figure(id, what, time.toNanos() / 1e3 / requests, "us", null);
    }

    /** One figure beside another of the same run. */
    public void compare(String what, double one, double other) {
        if (other > 0) {
            comparisons.add(String.format(Locale.ROOT, "%s: %.2f", what, one / other));
        }
    }

    /** One figure beside another of the same run, where both were measured. */
    public void compare(String what, String id, String otherId) {
        Figure one = figure(id);
        Figure other = figure(otherId);
        if (one != null && other != null) {
            compare(what, one.value(), other.value());
        }
    }

    private @Nullable Figure figure(String id) {
        return figures.stream().filter(figure -> figure.id().equals(id)).findFirst().orElse(null);
    }

    /** Something worth knowing. */
    public void note(String sentence) {
        notes.add(sentence);
        out.accept("  " + sentence);
    }

    /** Something that must not be: the run fails. */
    public void fault(String sentence) {
        faults.add(sentence);
        out.accept("  FAULT: " + sentence);
    }

    /** Whether something was that must not be. */
    public boolean faulty() {
        return !faults.isEmpty();
    }

    /** All of it as a table, in Markdown. */
    public String table() {
        StringBuilder table = new StringBuilder();
        circumstances.forEach(
                (name, value) -> table.append(name).append(": ").append(value).append('\n'));
        int width = figures.stream().mapToInt(figure -> figure.what().length()).max().orElse(4);
        String row = "| %-" + width + "s | %14s | %-17s | %-12s |%n";
        table.append('\n')
                .append(
                        String.format(
                                Locale.ROOT, row, "what", "measured", "asked", "times better"));
        table.append(String.format(Locale.ROOT, row, "---", "---:", "---", "---"));
        for (Figure figure : figures) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            row,
                            figure.what(),
                            figure.shownValue(),
                            figure.shownBound(),
                            figure.shownRatio()));
        }
        section(table, "Compared", comparisons);
        section(table, "Checked", notes);
        section(table, "Faults", faults);
        return table.toString();
    }

    private static void section(StringBuilder table, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            table.append('\n').append(title).append(":\n");
            table.append(
                    lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining()));
        }
    }

    /** All of it as JSON. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("circumstances", circumstances);
        all.put("figures", figures.stream().map(Report::forPrograms).toList());
        all.put("comparisons", comparisons);
        all.put("notes", notes);
        all.put("faults", faults);
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(all);
    }

    private static Map<String, Object> forPrograms(Figure figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", figure.id());
        map.put("what", figure.what());
        map.put("value", figure.value());
        map.put("unit", figure.unit());
        if (figure.bound() != null) {
            map.put(figure.bound().atLeast() ? "atLeast" : "atMost", figure.bound().limit());
            map.put("asAsked", figure.asAsked());
        }
        return map;
    }
}
