import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats every Java file below a folder, or with {@code --check} names those that are not formatted and exits with 1.
 */
class Format {

    public static void main(String[] args) throws Exception {
        boolean check = args[0].equals("--check");
        Path root = Path.of(args[args.length - 1]);
        var formatter = new Formatter(
                JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());
        List<Path> unformatted = new ArrayList<>();
        for (Path file : sources(root)) {
            String before = Files.readString(file);
            String after = formatter.formatSource(ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.AOSP));
            if (!after.equals(before)) {
                unformatted.add(root.relativize(file));
                if (!check) {
                    Files.writeString(file, after);
                }
            }
        }
        unformatted.forEach(file -> System.out.println((check ? "not formatted: " : "formatted: ") + file));
        if (check && !unformatted.isEmpty()) {
            System.out.println("Run: mvn -N validate exec:exec@format");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var files = Files.find(root, 32, (path, attributes) -> attributes.isRegularFile()
                && path.toString().endsWith(".java")
                && path.toString().contains("/src/")
                && !path.toString().contains("/target/"))) {
            return files.sorted().toList();
        }
    }
}
