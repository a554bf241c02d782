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
                "mutation { addContact(name: null) { id } } | name | *",
                "mutation { addContact(name: \"A\", nick: \"a\") { id } } | nick | *",
                "mutation { updateContact(name: \"A\") { id } } | id | id is missing",
                "{ listContacts { id } } | count | count is missing",
                "{ listContacts(count: \"ten\") { id } } | count | count must be of type Int",
                "{ listContacts(count: 99999999999) { id } } | count | count must be of type Int",
                "mutation ($n: String!) { addContact(name: $n) { id } } | name | name is missing",
                "query ($n: Int!) { listContacts(count: $n) { id } } | count | count is missing"
            })
    void a_missing_or_ill_typed_argument_is_bad_input_at_its_field(
            String query, String field, String message) {
        var answer = door.execute(query);

        assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
        assertThat(answer.field()).isEqualTo(field);
        if (!message.equals("*")) {
            assertThat(answer.message()).isEqualTo(message);
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
        assertThat(number.message()).startsWith("name has the wrong type: expected a String");
        assertThat(text.field()).isEqualTo("count");
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
