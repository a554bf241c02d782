package io.waybill.gateway.graphql.failure;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;

/** What clients are told in place of the engine's own sentences. */
class WordingTest {

    private static final GraphQLSchema SCHEMA =
            new SchemaGenerator()
                    .makeExecutableSchema(
                            new SchemaParser()
                                    .parse(
                                            """
                                            type Query { things(order: Order, of: [Item!], on: Item): Int }
                                            enum Order { NAME DATE }
                                            input Item { code: String! quantity: Int }
                                            """),
                            RuntimeWiring.MOCKED_WIRING);

    @ParameterizedTest
    @ValueSource(strings = {"Validation", "Scalars", "Parsing", "Execution"})
    void every_sentence_of_the_engine_has_one_of_ours(String bundle) {
        List<String> theirs =
                ResourceBundle.getBundle(
                                "i18n." + bundle,
                                java.util.Locale.ROOT,
                                ResourceBundle.Control.getNoFallbackControl(
                                        ResourceBundle.Control.FORMAT_DEFAULT))
                        .keySet()
                        .stream()
                        // of directives that this schema does not have
                        .filter(key -> !key.startsWith("Defer") && !key.startsWith("Incremental"))
                        .toList();
        ResourceBundle ours = ResourceBundle.getBundle("i18n." + bundle, Wording.PLAIN);

        assertThat(ours.getLocale()).isEqualTo(Wording.PLAIN);
        assertThat(theirs).isNotEmpty();
        assertThat(theirs)
                .filteredOn(
                        key ->
                                ours.getString(key).startsWith("Validation error")
                                        || ours.getString(key).startsWith("Invalid")
                                        || ours.getString(key).startsWith("Expected"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ things(order: SIZE) } | order | 'order must be of type Order: what is given is none of its values'",
                "{ things(order: \"NAME\") } | order | order must be of type Order",
                "{ things(on: 7) } | on | on must be an object in braces",
                "{ things(on: {code: 7}) } | on.code | on.code must be of type String",
                "{ things(of: [{code: \"a\"}, {code: \"b\", quantity: \"c\"}]) } | of[1].quantity | 'of[1].quantity must be of type Int'",
                "{ things(on: {quantity: 1}) } | on.code | 'on lacks the fields [code]'",
                "{ things(on: {code: \"a\", colour: 1}) } | on.colour | on.colour is not a field of Item",
                "{ things(on: {code: \"a\", code: \"b\"}) } | code | code is given twice"
            })
    void an_argument_is_named_by_its_path(String text, String field, String message) {
        Document document = Parser.parse(text);

        var error =
                ErrorShapes.shaped(
                                List.copyOf(
                                        ParseAndValidate.validate(SCHEMA, document, Wording.PLAIN)),
                                document)
                        .getFirst();

        assertThat(error.getMessage()).isEqualTo(message);
        assertThat(error.getExtensions())
                .containsEntry("code", "BAD_USER_INPUT")
                .containsEntry("field", field);
    }

    @Test
    void a_variable_is_named_by_the_argument_that_takes_it() {
        String order = "query ($o: Order) { things(order: $o) }";
        String item = "query ($i: Item) { things(on: $i) }";

        assertThat(said(order, Map.of("o", "SIZE")))
                .isEqualTo("order: order must be of type Order: there is no SIZE in it");
        assertThat(said(order, Map.of("o", 7))).startsWith("order: order must be of type Order");
        assertThat(said(item, Map.of("i", "text")))
                .isEqualTo("on: on must be of type Item: an object");
        assertThat(said(item, Map.of("i", Map.of("quantity", 1))))
                .isEqualTo("on.code: on.code is missing");
        assertThat(said(item, Map.of("i", Map.of("code", "a", "colour", 1))))
                .isEqualTo("colour: colour is not a field of Item");
        assertThat(said(item, Map.of("i", Map.of("code", List.of(1)))))
                .isEqualTo("on: on must be of type Item");
    }

    private static String said(String text, Map<String, Object> variables) {
        var result =
                GraphQL.newGraphQL(SCHEMA)
                        .build()
                        .execute(
                                ExecutionInput.newExecutionInput(text)
                                        .variables(variables)
                                        .locale(Wording.PLAIN)
                                        .build());
        var error = ErrorShapes.shaped(result, Parser.parse(text)).getErrors().getFirst();
        return error.getExtensions().get("field") + ": " + error.getMessage();
    }
}
