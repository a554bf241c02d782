package io.waybill.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param body its bytes; the receiver's to keep
 */
public record Response(int status, byte[] body) {

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The first value of a JSON string field of this name, found without parsing: for ids and
     * codes, whose characters are never escaped.
     */
    public Optional<String> string(String field) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\"" + field + "\":");
        if (at < 0) {
            return Optional.empty();
        }
        int begin = at + field.length() + 3;
        while (begin < text.length() && text.charAt(begin) == ' ') {
            begin++;
        }
        if (begin >= text.length() || text.charAt(begin) != '"') {
            return Optional.empty();
        }
        int end = text.indexOf('"', begin + 1);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(begin + 1, end));
    }

    /** The answer in a line, for a person. */
    public String shown() {
        String text = text();
        return "HTTP "
                + status
                + " "
                + (text.length() > 300 ? text.substring(0, 300) + "..." : text);
    }
}
