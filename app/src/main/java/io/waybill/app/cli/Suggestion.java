package io.waybill.app.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who typed something else: the nearest word by edit distance. */
final class Suggestion {

    private Suggestion() {}

    /** The known word nearest to what was given, when it is near enough to be meant. */
    static Optional<String> closest(String given, Collection<String> known) {
        return known.stream()
                .map(word -> new Candidate(word, distance(given, word)))
                .filter(candidate -> candidate.distance() <= Math.max(2, given.length() / 3))
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::word);
    }

    private record Candidate(String word, int distance) {}

    /** The Levenshtein distance: how many characters must be put in, taken out or changed. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
