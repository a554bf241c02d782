package io.waybill.gateway.graphql.failure;

import graphql.GraphQLError;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.exceptions.InvalidUnicodeSyntaxException;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a text that is no GraphQL document. Where a text in quotes is at fault, the
 * argument that it stands for is named.
 */
public final class SyntaxFaults {

    private static final int LONGEST_NAME = 200;
    private static final Pattern ARGUMENT_BEFORE =
            Pattern.compile("([_A-Za-z][_A-Za-z0-9]{0,99})\\s{0,20}:\\s{0,20}$");
    private static final String HALF_A_PAIR =
            "must be valid Unicode, but contains half a surrogate pair";

    private SyntaxFaults() {}

    /**
     * The error of a text.
     *
     * @param text the whole document
     */
    public static GraphQLError of(InvalidSyntaxException failure, String text) {
        SourceLocation location = failure.getLocation();
        List<SourceLocation> locations = location == null ? List.of() : List.of(location);
        return ClientError.of(said(failure, location, text), locations, (List<Object>) null);
    }

    /** The error of a text that the engine stumbled over. */
    public static GraphQLError unreadable() {
        return ClientError.badRequest("the document is not GraphQL: it cannot be read");
    }

    private static WaybillException said(
            InvalidSyntaxException failure, @Nullable SourceLocation location, String text) {
        String message = String.valueOf(failure.getMessage());
        boolean inText = failure instanceof InvalidUnicodeSyntaxException;
        // An offending token is one that was read whole: then what it holds is not at fault.
        if (location == null || (!inText && failure.getOffendingToken() != null)) {
            return bad(message);
        }
        int begin = offset(text, location);
        if (begin < 0 || text.charAt(begin) != '"') {
            return bad(inText ? "a text in the document " + message : message);
        }
        String wrong = inText ? message : wrongText(text.substring(begin));
        return argumentBefore(text, begin)
                .map(name -> WaybillException.badInput(name, name + " " + wrong))
                .orElseGet(() -> bad("a text in the document " + wrong));
    }

    private static String wrongText(String fromQuote) {
        int end = fromQuote.indexOf('\n') < 0 ? fromQuote.length() : fromQuote.indexOf('\n');
        return fromQuote.substring(0, end).codePoints().anyMatch(SyntaxFaults::isHalf)
                ? HALF_A_PAIR
                : "must be a text in double quotes on one line, with escapes as in JSON";
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static Optional<String> argumentBefore(String text, int position) {
        Matcher before =
                ARGUMENT_BEFORE.matcher(
                        text.substring(Math.max(0, position - LONGEST_NAME), position));
        return before.find() ? Optional.of(before.group(1)) : Optional.empty();
    }

    /** Where a place is in a text; -1 when it is not in it. Columns count characters, from 1. */
    private static int offset(String text, SourceLocation location) {
        int begin = 0;
        for (int line = 1; line < location.getLine(); line++) {
            begin = text.indexOf('\n', begin) + 1;
            if (begin == 0) {
                return -1;
            }
        }
        int column = location.getColumn() - 1;
        int rest = text.codePointCount(begin, text.length());
        return column < 0 || column >= rest ? -1 : text.offsetByCodePoints(begin, column);
    }

    private static WaybillException bad(String message) {
        return new WaybillException(ErrorCode.BAD_USER_INPUT, message);
    }
}
