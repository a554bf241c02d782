package io.waybill.catalogue;

import io.waybill.proto.catalogue.v1.TextFormat;
import io.waybill.proto.catalogue.v1.TextRules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a text may be.
 *
 * @param min fewest code points
 * @param max most code points; 0 for no bound of its own
 * @param format its form; an empty text that is long enough has every form
 * @param oneOf what it may be, when that is a closed list
 */
record TextRule(int min, int max, TextFormat format, List<String> oneOf) {

    private static final Pattern EMAIL =
            Pattern.compile(
                    "[^\\s@<>\"(),:;\\[\\]\\\\]{1,64}@([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)*"
                            + "[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");
    static final Pattern PHONE = Pattern.compile("\\+?[0-9 .()/-]{3,40}");

    static TextRule of(TextRules rules) {
        return new TextRule(
                rules.getMin(),
                rules.getMax(),
                rules.getFormat(),
                List.copyOf(rules.getOneOfList()));
    }

    /** A value without the white space around it, no-break spaces included. */
    static String trimmed(String value) {
        int begin = 0;
        int end = value.length();
        while (begin < end && isSpace(value.charAt(begin))) {
            begin++;
        }
        while (begin < end && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(begin, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** What is allowed, for a person. */
    String allowed() {
        if (!oneOf.isEmpty()) {
            return "must be one of " + String.join(", ", oneOf);
        }
        return switch (format) {
            case TEXT_FORMAT_EMAIL -> "must be an e-mail address such as ada@example.org";
            case TEXT_FORMAT_PHONE ->
                    "must be a telephone number of 3 to 20 digits such as +49 30 1234567";
            case TEXT_FORMAT_UUID -> "must be a UUID such as 0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
            case TEXT_FORMAT_CURRENCY -> "must be a currency of ISO 4217 such as EUR";
            case TEXT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
                    "must have " + min + " to " + max + " characters";
        };
    }

    /** The rule that a trimmed value breaks, if it breaks one. */
    Optional<String> broken(String value) {
        if (!oneOf.isEmpty()) {
            return oneOf.contains(value) ? Optional.empty() : Optional.of(allowed());
        }
        int characters = value.codePointCount(0, value.length());
        if (characters < min || (max > 0 && characters > max)) {
            return Optional.of(
                    min == max || format == TextFormat.TEXT_FORMAT_UUID
                            ? allowed()
                            : "must have %d to %d characters, but has %d"
                                    .formatted(min, max, characters));
        }
        if (hasControl(value)) {
            return Optional.of(
                    "must not contain control characters, line breaks or marks that turn the"
                            + " direction of writing");
        }
        if (hasLoneSurrogate(value)) {
            return Optional.of("must be valid Unicode, but contains half a surrogate pair");
        }
        return hasForm(value) ? Optional.empty() : Optional.of(allowed());
    }

    /** The form in which a value is kept. */
    String canonical(String value) {
        return switch (format) {
            case TEXT_FORMAT_UUID -> value.toLowerCase(Locale.ROOT);
            case TEXT_FORMAT_CURRENCY -> value.toUpperCase(Locale.ROOT);
            case TEXT_FORMAT_EMAIL, TEXT_FORMAT_PHONE, TEXT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
                    value;
        };
    }

    private boolean hasForm(String value) {
        if (value.isEmpty()) {
            return true;
        }
        return switch (format) {
            case TEXT_FORMAT_EMAIL -> EMAIL.matcher(value).matches();
            case TEXT_FORMAT_PHONE -> PHONE.matcher(value).matches() && hasDigits(value, 3, 20);
            case TEXT_FORMAT_UUID -> Ids.uuid(value).isPresent();
            case TEXT_FORMAT_CURRENCY -> AmountRule.currency(value).isPresent();
            case TEXT_FORMAT_UNSPECIFIED, UNRECOGNIZED -> true;
        };
    }

    private static boolean hasDigits(String value, int fewest, int most) {
        long digits = value.chars().filter(c -> c >= '0' && c <= '9').count();
        return digits >= fewest && digits <= most;
    }

    /**
     * Control characters, line breaks, and the marks by which a text can show another order of
     * letters than it has (Unicode's embeddings, overrides and isolates): a name with one of them
     * can pose as another.
     */
    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLoneSurrogate(String value) {
        int codePoint;
        for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
            codePoint = value.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return true;
            }
        }
        return false;
    }
}
