package io.waybill.gateway.graphql.limit;

/**
 * The most that one document may ask for. Fields, aliases and directives are counted over the whole
 * document with its fragments spread.
 *
 * @param tokens words and punctuation of its text
 * @param depth how deep fields are nested; the usual introspection query needs 16
 * @param fields selected fields, repeated ones too
 * @param aliases fields under another name
 * @param directives uses of directives
 * @param values fields times the rows that are asked for
 */
public record DocumentLimits(
        int tokens, int depth, int fields, int aliases, int directives, int values) {

    /** Room for what people and tools write, and not for what only machines would. */
    public static final DocumentLimits STANDARD =
            new DocumentLimits(4_000, 20, 500, 50, 50, 20_000);
}
