package io.waybill.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.DoorFields;
import io.waybill.catalogue.Reading;
import io.waybill.gateway.rest.RestDoor.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The document is valid, whole, and says what the door does. */
class OpenApiTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-000000000001";
    private static final String YAML = OpenApiServlet.yaml("EUR");

    @Test
    void others_read_it_without_a_complaint() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(YAML, List.of(), options);

        assertThat(read.getMessages()).isEmpty();
        OpenAPI document = read.getOpenAPI();
        assertThat(document.getOpenapi()).isEqualTo("3.1.0");
        List<Operation> operations =
                document.getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .toList();
        assertThat(operations).hasSameSizeAs(Routes.ALL);
        assertThat(operations)
                .extracting(Operation::getOperationId)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Routes.ALL.stream().map(Route::name).toList());
    }

    @Test
    void they_would_complain_about_what_is_wrong() {
        String wrong = YAML.replace("operationId:", "operationIdentity:");

        assertThat(new OpenAPIV3Parser().readContents(wrong, List.of(), null).getMessages())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': '1.50', 'quantity': 1, 'name': null}], 'currency': null}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': []}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': '', 'unit_price': 1, 'quantity': 1}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 0, 'quantity': 1}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': '1,5', 'quantity': 1}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 0}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1000}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1.5}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': true, 'quantity': 1}]}",
                "{'customer_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1}]}",
                "{'id': 'ID', 'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1, 'size': 1}]}",
                "{'customer_id': 'ID', 'restaurant_id': 'ID', 'order_items': [{'code': 'A', 'unit_price': 1, 'quantity': 1}], 'currency': 'EURO'}"
            })
    void its_schema_of_an_order_says_what_the_catalogue_says(String written) {
        String body = written.replace('\'', '"').replace("ID", ID);
        Documented documented = new Documented(YAML);
        JsonNode schema = documented.body("POST", "/api/orders");

        boolean taken =
                type("createOrder")
                                .read(
                                        body.getBytes(StandardCharsets.UTF_8),
                                        new DoorFields(Map.of(), Map.of("currency", "EUR")))
                        instanceof Reading.Valid;

        assertThat(documented.allows(schema, JsonMapper.shared().readTree(body))).isEqualTo(taken);
    }

    @Test
    void fields_of_the_path_and_ignored_ones_are_none_of_the_body() {
        assertThat(properties("CreateOrder")).doesNotContain("id").contains("currency");
        assertThat(properties("SetItem")).doesNotContain("id", "code").contains("on_hand");
        assertThat(properties("Deposit")).containsExactly("amount", "currency");
        assertThat(YAML).doesNotContain("created_position").doesNotContain("CancelOrder:");
    }

    @Test
    void it_is_written_in_the_same_order_whoever_writes_it() {
        assertThat(YAML)
                .containsSubsequence("license:", "name: Apache", "identifier: Apache")
                .containsSubsequence("title: CreateOrder", "type: object", "properties:")
                .contains("bearer:\n      type: http\n      scheme: bearer");
    }

    @Test
    void a_default_is_the_settings() {
        assertThat(OpenApiServlet.yaml("CHF"))
                .contains("default: CHF")
                .doesNotContain("default: EUR");
    }

    @Test
    void it_is_served_and_kept_by_who_has_it() {
        try (RestDoor door = RestDoor.open()) {
            Answer document = door.get("/openapi.yaml");
            Answer again = door.get("/openapi.yaml", "If-None-Match", document.header("ETag"));

            assertThat(document.status()).isEqualTo(200);
            assertThat(document.header("Content-Type")).isEqualTo("application/yaml");
            assertThat(document.body()).isEqualTo(YAML);
            assertThat(again.status()).isEqualTo(304);
            assertThat(door.send("POST", "/openapi.yaml", "").status()).isEqualTo(405);
        }
    }

    private static List<String> properties(String schema) {
        JsonNode node = JsonMapper.shared().valueToTree(new Yaml().<Object>load(YAML));
        return List.copyOf(
                node.at("/components/schemas/" + schema + "/properties").propertyNames());
    }

    private static CommandType type(String name) {
        return Routes.ALL.stream()
                .filter(route -> route.name().equals(name))
                .map(route -> ((Route.SubmitOrder) route.action()).type())
                .findFirst()
                .orElseThrow();
    }
}
