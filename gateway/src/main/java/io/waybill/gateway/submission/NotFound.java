package io.waybill.gateway.submission;

import java.util.regex.Pattern;

/** How it is said that there is no such thing. */
public final class NotFound {

    private static final int LONGEST_ID_SHOWN = 64;

    /** Control characters, marks that turn the direction of writing, halves of surrogate pairs. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{C}");

    private NotFound() {}

    /**
     * The sentence.
     *
     * @param aggregate its kind: {@code contact}
     * @param id as it was given: a long one is cut, one that nobody would see is quoted, and what
     *     does not show in it is a question mark
     */
    public static String sentence(String aggregate, String id) {
        String begin =
                id.length() <= LONGEST_ID_SHOWN ? id : id.substring(0, LONGEST_ID_SHOWN) + "...";
        String shown = UNSEEN.matcher(begin).replaceAll("?");
        return "%s with id %s not found"
                .formatted(words(aggregate), shown.isBlank() ? "'" + shown + "'" : shown);
    }

    private static String words(String aggregate) {
        return aggregate.equals("shopping") ? "shopping list" : aggregate;
    }
}
