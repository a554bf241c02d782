package io.waybill.gateway.graphql.limit;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

import org.junit.jupiter.api.Test;

import java.util.Map;

class DocumentsTest {

    private final Documents documents =
            new Documents(
                    new SchemaGenerator()
                            .makeExecutableSchema(
                                    new SchemaParser()
                                            .parse(
                                                    "type Query { things(first: Int = 20, afterCommand: String): [Thing] } type Thing { a: Int b: Int }"),
                                    RuntimeWiring.MOCKED_WIRING),
                    DocumentLimits.STANDARD);

    @Test
    void a_document_is_prepared_once() {
        assertThat(documents.prepare("{ things { a } }"))
                .isSameAs(documents.prepare("{ things { a } }"));
    }

    @Test
    void no_more_documents_are_kept_than_the_bound_and_none_that_is_long_or_refused() {
        for (int i = 0; i < Documents.KEPT + 10; i++) {
            documents.prepare("query q%d { things { a } }".formatted(i));
        }
        documents.prepare("{ nothing }");
        documents.prepare("{ things { a } } #" + "x".repeat(Documents.LARGEST_KEPT));

        assertThat(documents.size()).isEqualTo(Documents.KEPT);
    }

    @Test
    void values_are_rows_times_fields() {
        assertThat(valid("{ things(first: 10) { a b } }").values(Map.of())).isEqualTo(20);
        assertThat(
                        valid("{ x: things(first: 10) { a } things(first: 5) { a b } }")
                                .values(Map.of()))
                .isEqualTo(20);
        assertThat(
                        valid(
                                        "query ($n: Int = 7) { ...f } fragment f on Query { things(first: $n) { a } }")
                                .values(Map.of()))
                .isEqualTo(7);
        assertThat(
                        valid("query ($n: Int) { things(first: $n) { a } }")
                                .values(Map.of("n", 5_000_000_000L)))
                .isEqualTo(1_000);
        assertThat(valid("query ($n: Int) { things(first: $n) { a } }").values(Map.of("n", -5)))
                .isEqualTo(1);
    }

    @Test
    void a_document_that_names_a_command_may_wait_for_it() {
        assertThat(valid("{ things { a } }").waits()).isFalse();
        assertThat(valid("{ things(afterCommand: null) { a } }").waits()).isFalse();
        assertThat(valid("query ($c: String) { things(afterCommand: $c) { a } }").waits()).isTrue();
    }

    private Prepared.Valid valid(String text) {
        return (Prepared.Valid) documents.prepare(text);
    }
}
