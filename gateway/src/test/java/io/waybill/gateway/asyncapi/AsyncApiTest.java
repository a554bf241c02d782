package io.waybill.gateway.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.EventCatalogue;
import io.waybill.catalogue.EventType;
import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.proto.catalogue.v1.Sender;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The document against the structure that AsyncAPI 3 asks for, and against the catalogues. */
class AsyncApiTest {

    private static final Map<String, Object> DOCUMENT = new Yaml().load(AsyncApiDocument.yaml());

    @Test
    void it_is_an_asyncapi_3_document_whose_every_reference_leads_somewhere() {
        assertThat(DOCUMENT.get("asyncapi")).isEqualTo("3.0.0");
        assertThat(at("info")).containsKeys("title", "version");
        List<String> references = new ArrayList<>();
        collect(DOCUMENT, references);
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            assertThat(reference).startsWith("#/");
            @Nullable Object target = DOCUMENT;
            for (String step : Splitter.on('/').split(reference.substring(2))) {
                assertThat(target).as(reference).isInstanceOf(Map.class);
                target = ((Map<?, ?>) Objects.requireNonNull(target)).get(step);
            }
            assertThat(target).as(reference).isNotNull();
        }
    }

    @Test
    void every_command_of_clients_is_received_and_every_event_is_sent_and_nothing_else() {
        List<String> received = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        at("operations")
                .forEach(
                        (name, operation) -> {
                            String channel =
                                    String.valueOf(in(operation, "channel").get("$ref"))
                                            .substring("#/channels/".length());
                            String topic =
                                    String.valueOf(in(at("channels"), channel).get("address"));
                            switch (String.valueOf(in(at("operations"), name).get("action"))) {
                                case "receive" -> received.add(topic);
                                case "send" -> sent.add(topic);
                                default -> throw new AssertionError(operation);
                            }
                        });
        assertThat(received)
                .containsExactlyInAnyOrderElementsOf(
                        CommandCatalogue.standard().types().stream()
                                .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                                .map(CommandType::topic)
                                .toList());
        List<String> told =
                new ArrayList<>(
                        EventCatalogue.standard().types().stream().map(EventType::topic).toList());
        for (String root : List.of("CONTACT", "PAYMENT", "RESTAURANT", "SHOPPING", "ORDER")) {
            told.add("EVENT/" + root + "/SEQUENCE/{partition}");
        }
        assertThat(sent).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void payloads_have_the_fields_and_the_rules_of_the_catalogue_and_nothing_personal_goes_out() {
        Map<String, Object> order = schema("waybill.order.v1.CreateOrder");
        assertThat(in(order, "properties"))
                .containsOnlyKeys(
                        "customer_id", "restaurant_id", "order_items", "currency", "payment_id");
        assertThat(order.get("required"))
                .isEqualTo(List.of("customer_id", "restaurant_id", "order_items", "currency"));
        assertThat(order.get("additionalProperties")).isEqualTo(false);
        assertThat(in(in(order, "properties"), "order_items"))
                .containsEntry("minItems", 1)
                .containsEntry("maxItems", 100);
        assertThat(in(in(schema("waybill.order.v1.OrderItem"), "properties"), "quantity"))
                .containsEntry("maximum", 999);
        assertThat(in(schema("waybill.contact.v1.ContactAdded"), "properties"))
                .containsOnlyKeys("id", "at");
        assertThat(in(schema("waybill.order.v1.OrderCreated"), "properties"))
                .containsKeys("customerId", "items");
    }

    @Test
    void the_gateway_serves_it() {
        try (StandInGateway gateway = StandInGateway.start()) {
            var answer =
                    new HttpDoor(gateway.at("/graphql"))
                            .send(HttpRequest.newBuilder(gateway.at("/asyncapi.yaml")));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .startsWith("application/yaml");
            assertThat(answer.body()).isEqualTo(AsyncApiDocument.yaml());
        }
    }

    private static Map<String, Object> schema(String name) {
        return in(in(at("components"), "schemas"), name);
    }

    private static Map<String, Object> at(String step) {
        return in(DOCUMENT, step);
    }

    private static Map<String, Object> in(Object from, String step) {
        return cast(Objects.requireNonNull(cast(from).get(step), step));
    }

    @SuppressWarnings("unchecked") // every mapping of the document has texts as keys
    private static Map<String, Object> cast(Object mapping) {
        assertThat(mapping).isInstanceOf(Map.class);
        return (Map<String, Object>) mapping;
    }

    private static void collect(Object part, List<String> references) {
        switch (part) {
            case Map<?, ?> map ->
                    map.forEach(
                            (key, value) -> {
                                if (key.equals("$ref")) {
                                    references.add(String.valueOf(value));
                                } else if (value != null) {
                                    collect(value, references);
                                }
                            });
            case List<?> list -> list.forEach(each -> collect(each, references));
            default -> {}
        }
    }
}
