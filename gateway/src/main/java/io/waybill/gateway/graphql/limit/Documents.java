package io.waybill.gateway.graphql.limit;

import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;

import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.failure.ErrorShapes;
import io.waybill.gateway.graphql.failure.SyntaxFaults;
import io.waybill.gateway.graphql.failure.Wording;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prepares documents, and keeps valid ones for the next request: the most recently used {@value
 * #KEPT} of up to {@value #LARGEST_KEPT} characters. Safe for use by many threads.
 */
public final class Documents {

    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    static final int KEPT = 512;
    static final int LARGEST_KEPT = 8 * 1024;

    private final GraphQLSchema schema;
    private final DocumentLimits limits;
    private final ParserOptions parserOptions;
    private final RecentlyUsed<String, Prepared.Valid> kept = new RecentlyUsed<>(KEPT);

    /** Prepares documents for a schema. */
    public Documents(GraphQLSchema schema, DocumentLimits limits) {
        this.schema = schema;
        this.limits = limits;
        this.parserOptions =
                ParserOptions.newParserOptions()
                        .captureIgnoredChars(false)
                        .captureLineComments(false)
                        .readerTrackData(false)
                        .redactTokenParserErrorMessages(true)
                        .maxTokens(limits.tokens())
                        .maxWhitespaceTokens(256 * 1024)
                        .maxCharacters(256 * 1024)
                        .maxRuleDepth(500)
                        .build();
    }

    /** Parses, measures and validates a document, in that order. */
    public Prepared prepare(String text) {
        Optional<Prepared.Valid> known = kept.get(text);
        if (known.isPresent()) {
            return known.get();
        }
        Prepared prepared = lookAt(text);
        if (prepared instanceof Prepared.Valid valid && text.length() <= LARGEST_KEPT) {
            kept.put(text, valid);
        }
        return prepared;
    }

    /** Why a valid document is refused with these variables, if it is. */
    public Optional<GraphQLError> refusal(Prepared.Valid document, Map<String, ?> variables) {
        long values = document.values(variables);
        return values <= limits.values()
                ? Optional.empty()
                : Optional.of(
                        ClientError.badRequest(
                                "the query asks for up to %d values (rows times fields); at most %d are allowed: ask for fewer rows or fields at a time"
                                        .formatted(values, limits.values())));
    }

    /** How many documents are kept. */
    int size() {
        return kept.size();
    }

    private Prepared lookAt(String text) {
        Document document;
        try {
            document =
                    Parser.parse(
                            ParserEnvironment.newParserEnvironment()
                                    .document(text)
                                    .parserOptions(parserOptions)
                                    .locale(Wording.PLAIN)
                                    .build());
        } catch (InvalidSyntaxException e) {
            return new Prepared.Refused(List.of(SyntaxFaults.of(e, text)));
        } catch (RuntimeException e) {
            // The parser stumbles over some escapes of characters that there are not.
            LOG.debug("a document could not be parsed", e);
            return new Prepared.Refused(List.of(SyntaxFaults.unreadable()));
        }
        DocumentMeasure measure = DocumentMeasure.of(document);
        List<GraphQLError> refusals = refusals(measure.size());
        if (!refusals.isEmpty()) {
            return new Prepared.Refused(refusals);
        }
        List<ValidationError> errors = ParseAndValidate.validate(schema, document, Wording.PLAIN);
        return errors.isEmpty()
                ? new Prepared.Valid(document, measure.rootFields(), measure.names())
                : new Prepared.Refused(ErrorShapes.shaped(List.copyOf(errors), document));
    }

    private List<GraphQLError> refusals(Size size) {
        List<GraphQLError> refusals = new ArrayList<>();
        check(refusals, "is nested %d levels deep", size.depth(), limits.depth());
        check(refusals, "selects %d fields", size.fields(), limits.fields());
        check(refusals, "has %d aliases", size.aliases(), limits.aliases());
        check(refusals, "has %d directives", size.directives(), limits.directives());
        return refusals;
    }

    private static void check(List<GraphQLError> refusals, String what, int count, int most) {
        if (count > most) {
            refusals.add(
                    ClientError.badRequest(
                            "the document "
                                    + what.formatted(count)
                                    + "; at most "
                                    + most
                                    + " are allowed"));
        }
    }
}
