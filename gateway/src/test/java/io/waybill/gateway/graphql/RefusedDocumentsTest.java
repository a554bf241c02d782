package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.introspection.IntrospectionQuery;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents that are refused before they cost, and what clients are told of them. */
class RefusedDocumentsTest {

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start();
        door = new HttpDoor(gateway.at("/graphql"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void clear() {
        gateway.contacts().clear();
        gateway.commands().clear();
    }

    @AfterEach
    void nothing_was_executed() {
        assertThat(gateway.contacts().calls()).isEmpty();
        assertThat(gateway.commands().submitted()).isEmpty();
    }

    @Test
    void a_thousand_aliases() {
        refused(repeated(1_000, i -> "a" + i + ": __typename"));
        refused(repeated(1_000, i -> "a" + i + ": listContacts(count: 1) { id }"));
        refused("mutation " + repeated(1_000, i -> "a" + i + ": addContact(name: \"x\") { id }"));
    }

    @Test
    void five_thousand_repeated_fields() {
        refused("{ listContacts(count: 1) " + repeated(5_000, i -> "name") + "}");
        refused("{ listContacts(count: 1) " + repeated(600, i -> "name") + "}");
    }

    @Test
    void fifty_levels() {
        refused("{ contacts " + "{ edges { node ".repeat(25) + "{ id }" + " } }".repeat(25) + "}");
        refused("{ __schema { types { fields { type " + nested("ofType", 50) + "} } } }");
    }

    @Test
    void fragments_that_double_and_fragments_that_go_round() {
        StringBuilder doubling = new StringBuilder("{ ...f0 } ");
        for (int i = 0; i < 60; i++) {
            doubling.append("fragment f%d on Query { ...f%d ...f%d } ".formatted(i, i + 1, i + 1));
        }
        refused(doubling + "fragment f60 on Query { __typename }");
        refused(doubling.toString());
        refused("{ ...a } fragment a on Query { ...b ...b } fragment b on Query { ...a ...a }");
    }

    @Test
    void introspection_in_bad_faith() {
        refused(
                "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }");
    }

    @Test
    void directives_by_the_hundred() {
        refused("{ __typename " + "@include(if: true) ".repeat(500) + "}");
        refused("query " + "@skip(if: false) ".repeat(100) + "{ __typename }");
    }

    @Test
    void more_tokens_than_anybody_writes() {
        refused("{ " + "__typename ".repeat(20_000) + "}");
        refused("{ listContacts(count: 1) { id } } " + "# comment\n".repeat(20_000) + "x");
        refused("{".repeat(20_000));
        refused("query ($a: " + "[".repeat(3_000) + "Int" + "]".repeat(3_000) + ") { __typename }");
    }

    @Test
    void more_values_than_a_page_or_two_hold() {
        String lists =
                repeated(
                        4,
                        i ->
                                "l"
                                        + i
                                        + ": listContacts(count: $n) { id name email phone created version }");
        String query = "query ($n: Int!) " + lists;

        assertThat(door.execute(query, Map.of("n", 1_000)).message())
                .isEqualTo(
                        "the query asks for up to 24000 values (rows times fields); at most 20000 are allowed: ask for fewer rows or fields at a time");
        refused(query.replace("$n: Int!", "$n: Int! = 1000"));
    }

    @Test
    void an_unknown_operation() {
        var answer =
                door.post(
                        "{\"query\": \"query A { __typename } query B { __typename }\", \"operationName\": \"C\"}");

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(door.execute("query A { __typename } query B { __typename }").code())
                .isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void the_usual_introspection_query_is_answered() {
        var answer = door.execute(IntrospectionQuery.INTROSPECTION_QUERY);

        assertThat(answer.json().has("errors")).isFalse();
        assertThat(answer.data().path("__schema").path("types").size()).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mutation { addContact { id } } | name | name is missing",
                "mutation { addContact(name: 5) { id } } | name | name must be of type String",
                "mutation { addContact(name: null) { id } } | name | name must not be null",
                "mutation { addContact(name: \"A\", nick: \"a\") { id } } | nick | nick is not an argument of this field",
                "mutation { addContact(name: \"A\", name: \"B\") { id } } | name | name is given twice",
                "mutation { updateContact(name: \"A\") { id } } | id | id is missing",
                "{ listContacts { id } } | count | count is missing",
                "{ listContacts(count: \"ten\") { id } } | count | count must be of type Int",
                "{ listContacts(count: 99999999999) { id } } | count | count must be of type Int: a whole number from -2147483648 to 2147483647",
                "{ listContacts(count: $n) { id } } | count | the variable $n is used but not declared",
                "query ($n: String) { listContacts(count: $n) { id } } | count | 'the variable $n is of type String, but Int! is needed where it stands'",
                "mutation { addContact(name: \"A\\uD800\") { id } } | name | 'name must be valid Unicode, but contains half a surrogate pair'",
                "mutation { addContact(name : \"\\uDC00\") { id } } | name | 'name must be valid Unicode, but contains half a surrogate pair'",
                "mutation { addContact(name: \"\\u{FFFFFFFFFFFF}\") { id } } | name | 'name must be valid Unicode, but contains a character that there is not'",
                "mutation { addContact(name: \"a\\xb\") { id } } | name | 'name must be a text in double quotes on one line, with escapes as in JSON'",
                "mutation ($n: String!) { addContact(name: $n) { id } } | name | name is missing",
                "query ($n: Int!) { listContacts(count: $n) { id } } | count | count is missing"
            })
    void a_missing_or_ill_typed_argument_is_bad_input_at_its_field(
            String query, String field, String message) {
        var answer = door.execute(query);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ nobody } | there is no field nobody in Query",
                "{ listContacts(count: 1) } | listContacts has fields: say in braces after it which of them you want",
                "{ listContacts(count: 1) { id { x } } } | id is of type String! and has no fields: leave out the braces after it",
                "{ listContacts(count: 1) { id } } fragment f on Contact { id } | the fragment f is not used",
                "{ listContacts(count: 1) { ...f } } | the document has no fragment f",
                "{ listContacts(count: 1) { ...f } } fragment f on Person { id } | there is no type Person",
                "{ __typename @upper } | there is no directive upper",
                "query ($n: Int) { __typename } | the variable $n is declared but not used",
                "{ a: contact(id: \"1\") { id } a: contact(id: \"2\") { id } } | 'a is asked for with different arguments: give one of them an alias'",
                "{ __typename } query B { __typename } | 'an operation without a name must be the only one in its document, but B follows it'",
                "{ listContacts(count: 1) { id } | 'the document is not GraphQL: what stands at line 1, column 32 is not expected there'",
                "{ ? } | 'the document is not GraphQL: nothing in GraphQL begins like what stands at line 1, column 3'",
                "{ __typename } } | 'the document goes on after its end, at line 1, column 16'",
                "type A { b: Int } | 'the document defines the type A; only queries, mutations, subscriptions and fragments can be sent'",
                "mutation ($n: String = \"\\uD800\") { addContact(name: $n) { id } } | 'a text in the document must be valid Unicode, but contains half a surrogate pair'"
            })
    void what_is_wrong_with_a_document_is_said_for_people(String query, String message) {
        var answer = door.execute(query);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEmpty();
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void half_a_surrogate_pair_that_stands_in_the_document_itself_is_bad_input_at_its_field() {
        var answer =
                door.post(
                        """
                        {"query": "mutation {\\n addContact(name: \\"A\\ud800\\") { id } }"}
                        """);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo("name");
        assertThat(answer.message())
                .isEqualTo("name must be valid Unicode, but contains half a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "nl-NL", "en-US"})
    void sentences_are_the_same_whatever_the_machine_speaks(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(door.execute("{ nobody }").message())
                    .isEqualTo("there is no field nobody in Query");
            assertThat(
                            door.execute(
                                            "query ($n: Int!) { listContacts(count: $n) { id } }",
                                            Map.of("n", "ten"))
                                    .message())
                    .isEqualTo("count must be of type Int");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_ill_typed_variable_is_bad_input_at_the_argument_that_takes_it() {
        var number =
                door.execute(
                        "mutation ($who: String!) { addContact(name: $who) { id } }",
                        Map.of("who", 5));
        var text =
                door.execute(
                        "query ($many: Int!) { listContacts(count: $many) { id } }",
                        Map.of("many", "ten"));

        assertThat(number.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(number.field()).isEqualTo("name");
        assertThat(number.message()).isEqualTo("name must be of type String");
        assertThat(text.field()).isEqualTo("count");
        assertThat(text.message()).isEqualTo("count must be of type Int");
    }

    @Test
    void a_value_that_breaks_a_rule_is_bad_input_at_its_field() {
        for (String name : new String[] {"", "  ", "x".repeat(201), "a\u0000b"}) {
            var answer =
                    door.execute(
                            "mutation ($n: String!) { addContact(name: $n) { id } }",
                            Map.of("n", name));

            assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
            assertThat(answer.field()).isEqualTo("name");
        }
        assertThat(
                        door.execute(
                                        "mutation { addContact(name: \"A\", email: \"no address\") { id } }")
                                .field())
                .isEqualTo("email");
    }

    @Test
    void half_a_surrogate_pair_is_bad_input_at_its_field() {
        var answer =
                door.post(
                        """
                        {"query": "mutation ($n: String!) { addContact(name: $n) { id } }",
                         "variables": {"n": "A\\ud800"}}
                        """);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo("name");
    }

    @Test
    void nobody_hears_an_echo_of_megabytes() {
        String huge = "x".repeat(200_000);

        for (String query :
                new String[] {
                    "{ " + huge + " }",
                    "{ listContacts(count: \"" + huge + "\") { id } }",
                    "mutation { addContact(name: \"A\", " + huge + ": 1) { id } }",
                    "{ \u0007" + huge,
                    "{ listContacts(count: 1) { id } } fragment " + huge + " on Contact { id }"
                }) {
            var answer = door.execute(query);

            assertThat(answer.json().has("errors")).isTrue();
            assertThat(answer.json().toString()).hasSizeLessThan(1_500);
        }
        assertThat(
                        door.execute(
                                        "query ($n: Int!) { listContacts(count: $n) { id } }",
                                        Map.of("n", huge))
                                .json()
                                .toString())
                .hasSizeLessThan(1_500);
    }

    private static void refused(String query) {
        long began = System.nanoTime();
        var answer = door.execute(query);

        assertThat(answer.json().has("data")).isFalse();
        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.message()).isNotBlank().hasSizeLessThan(410);
        assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
    }

    private static String repeated(int times, java.util.function.IntFunction<String> field) {
        return IntStream.range(0, times)
                .mapToObj(field)
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    private static String nested(String field, int levels) {
        return ("{ " + field + " ").repeat(levels) + "{ name }" + " }".repeat(levels);
    }
}
