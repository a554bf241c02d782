package io.waybill.gateway.graphql.failure;

import graphql.language.Document;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the engine's own errors are said. The engine looks its sentences up by locale: under {@link
 * #PLAIN} it finds ours, in {@code i18n/*_en__plain.properties}, whatever the machine's own locale
 * is. They name the argument or the variable that is at fault before a bar; see there.
 */
public final class Wording {

    /** To be given to the engine wherever it takes a locale. */
    public static final Locale PLAIN = Locale.of("en", "", "plain");

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:@(?<argument>[^|]{1,400})\\||\\$(?<variable>[^|]{1,400})\\|)?"
                            + "(?<sentence>[^|]*)(?:\\|(?<reason>.*))?",
                    Pattern.DOTALL);

    /** Of what an object lacks, the first is the one that is named. */
    private static final Pattern LACKED = Pattern.compile("lacks the fields \\[(\\w{1,100})");

    private Wording() {}

    /**
     * What a message says, as BAD_USER_INPUT at the argument that it names.
     *
     * @param document where an argument that takes a variable is looked for
     */
    static WaybillException read(String message, @Nullable Document document) {
        Matcher form = FORM.matcher(message);
        if (!form.matches()) {
            return new WaybillException(ErrorCode.BAD_USER_INPUT, message);
        }
        String reason = form.group("reason");
        WaybillException said =
                new WaybillException(
                        ErrorCode.BAD_USER_INPUT,
                        form.group("sentence")
                                + (reason == null || reason.isBlank() ? "" : ": " + reason));
        String variable = form.group("variable");
        Optional<String> argument =
                variable != null && document != null
                        ? VariableUse.argument(document, variable)
                        : Optional.ofNullable(form.group("argument"));
        Matcher lacked = LACKED.matcher(form.group("sentence"));
        String within = lacked.find() ? "." + lacked.group(1) : "";
        return argument.map(place -> said.at(place + within)).orElse(said);
    }
}
