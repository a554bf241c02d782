package io.waybill.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.rest.RestDoor.Answer;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.wire.identity.Principal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Every other command over HTTP, and what became of it. */
class CommandsOverRestTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-000000000001";

    private static RestDoor door;

    @BeforeAll
    static void open() {
        door = RestDoor.open();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @BeforeEach
    void clear() {
        door.house.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /contacts | {\"name\": \" Ada \", \"email\": null} | CONTACT/ADD | name: \"Ada\"",
                "PATCH | /contacts/ID | {\"phone\": \"\"} | CONTACT/UPDATE | id: \"ID\" phone: \"\"",
                "DELETE | /contacts/ID | `` | CONTACT/DELETE | id: \"ID\"",
                "POST | /contacts/ID/enable | {} | CONTACT/ENABLE | id: \"ID\"",
                "POST | /contacts/ID/disable | `` | CONTACT/DISABLE | id: \"ID\"",
                "POST | /accounts/ID/deposits | {\"amount\": 12.5} | PAYMENT/DEPOSIT | customer_id: \"ID\" amount: \"12.50\" currency: \"EUR\"",
                "POST | /accounts/ID/withdrawals | {\"amount\": \"7\", \"currency\": \"jpy\"} | PAYMENT/WITHDRAW | customer_id: \"ID\" amount: \"7\" currency: \"JPY\"",
                "POST | /accounts/ID/payments | {\"amount\": 1, \"expires_in\": 60} | PAYMENT/AUTHORIZE | customer_id: \"ID\" amount: \"1.00\" currency: \"EUR\" expires_in: 60",
                "DELETE | /accounts/ID/payments/ID | `` | PAYMENT/RELEASE | customer_id: \"ID\" payment_id: \"ID\"",
                "POST | /restaurants | {\"name\": \"Noodle bar\", \"review\": \"MANUAL\"} | RESTAURANT/REGISTER | name: \"Noodle bar\" currency: \"EUR\" review: \"MANUAL\"",
                "PATCH | /restaurants/ID | {\"review\": \"AUTO\"} | RESTAURANT/UPDATE | id: \"ID\" review: \"AUTO\"",
                "PUT | /restaurants/ID/items/no%207 | {\"name\": \"Soup\", \"unit_price\": 3, \"on_hand\": 0} | RESTAURANT/SET_ITEM | id: \"ID\" code: \"no 7\" name: \"Soup\" unit_price: \"3.00\" currency: \"EUR\" on_hand: 0",
                "PUT | /restaurants/ID/items/50%25%20off%3B%20a+b%3F | {\"name\": \"Soup\", \"unit_price\": 3, \"on_hand\": 0} | RESTAURANT/SET_ITEM | id: \"ID\" code: \"50% off; a+b?\" name: \"Soup\" unit_price: \"3.00\" currency: \"EUR\" on_hand: 0",
                "POST | /restaurants/ID/open | `` | RESTAURANT/OPEN | id: \"ID\"",
                "POST | /restaurants/ID/close | `` | RESTAURANT/CLOSE | id: \"ID\"",
                "POST | /shopping-lists/ID/assign | {\"assignee\": \"Cook 1\"} | SHOPPING/ASSIGN | order_id: \"ID\" assignee: \"Cook 1\"",
                "POST | /shopping-lists/ID/complete | `` | SHOPPING/COMPLETE | order_id: \"ID\"",
                "POST | /orders/ID/cancel | `` | ORDER/CANCEL | id: \"ID\"",
                "POST | /orders/ID/collect | `` | ORDER/COLLECT | id: \"ID\"",
                "POST | /orders/ID/approve | `` | ORDER/APPROVE | id: \"ID\"",
                "POST | /orders/ID/decline | {\"reason\": \"too late today\"} | ORDER/DECLINE | id: \"ID\" reason: \"too late today\"",
                "POST | /orders/ID/retry | {\"step\": \"TAKE_ITEMS\", \"undo\": true} | ORDER/RETRY | id: \"ID\" step: \"TAKE_ITEMS\" undo: true"
            })
    void a_command_is_submitted_out_of_its_path_and_its_body(
            String method, String path, String body, String topic, String message) {
        Answer answer = door.send(method, "/api" + path.replace("ID", ID), body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        StandInHouse.Submitted submitted = door.house.submitted.getFirst();
        assertThat(submitted.command().type().topic()).isEqualTo(topic);
        assertThat(submitted.command().message().toString().strip().replaceAll("\\s+", " "))
                .isEqualTo(message.replace("ID", ID));
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"OK\",\"message\":\"%s\",\"command_id\":\"%s\",\"id\":\"%s\"}"
                                .formatted(
                                        submitted.command().type().acknowledgement(),
                                        submitted.accepted().commandId(),
                                        submitted.accepted().aggregateId()));
        assertThat(answer.header("Location"))
                .isEqualTo("/api/commands/" + submitted.accepted().commandId());
        assertThat(door.get(answer.header("Location")).text("status")).isEqualTo("PENDING");
    }

    @Test
    void every_command_of_a_client_has_its_route() {
        Stream<CommandType> routed =
                Routes.ALL.stream()
                        .flatMap(
                                route ->
                                        switch (route.action()) {
                                            case Route.Submit(var type) -> Stream.of(type);
                                            case Route.SubmitOrder(var type) -> Stream.of(type);
                                            case Route.ReadOne one -> Stream.of();
                                            case Route.ReadOrder order -> Stream.of();
                                            case Route.ReadCommand command -> Stream.of();
                                            case Route.ReadList list -> Stream.of();
                                        });
        List<CommandType> known =
                CommandCatalogue.standard().types().stream()
                        .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                        .toList();

        assertThat(routed).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void what_became_of_a_command_is_told_to_whose_it_is() {
        CommandStatus.Decided rejected =
                new CommandStatus.Decided(
                        ID,
                        "ORDER/CANCEL",
                        ID,
                        Instant.parse("2026-01-31T12:00:00Z"),
                        "",
                        Outcome.newBuilder()
                                .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                                .setCode("TOO_LATE")
                                .setMessage("the restaurant has approved it")
                                .build(),
                        7,
                        Instant.parse("2026-01-31T12:00:01Z"));
        door.house.statuses.put(Principal.ANONYMOUS + "/" + ID, rejected);

        assertThat(door.get("/api/commands/" + ID).body())
                .isEqualTo(
                        "{\"command_id\":\"%s\",\"status\":\"REJECTED\",\"code\":\"TOO_LATE\",\"message\":\"the restaurant has approved it\",\"id\":\"%s\",\"topic\":\"ORDER/CANCEL\",\"accepted_on\":\"2026-01-31T12:00:00Z\",\"version\":7,\"decided_on\":\"2026-01-31T12:00:01Z\"}"
                                .formatted(ID, ID));
        Answer others =
                door.get("/api/commands/" + ID, "Authorization", "Bearer " + RestDoor.TOKEN);
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void where_nobody_is_anonymous_every_method_needs_a_token() {
        try (RestDoor strict = RestDoor.forUsers()) {
            for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
                Answer answer = strict.send(method, "/api/contacts/" + ID, "");
                assertThat(answer.status()).as(method).isEqualTo(401);
                assertThat(answer.text("code")).isEqualTo("UNAUTHENTICATED");
            }
            assertThat(
                            strict.send(
                                            "DELETE",
                                            "/api/contacts/" + ID,
                                            "",
                                            "Authorization",
                                            "Bearer " + RestDoor.TOKEN)
                                    .status())
                    .isEqualTo(202);
            assertThat(strict.house.submitted)
                    .extracting(StandInHouse.Submitted::principal)
                    .containsExactly(RestDoor.ADA);
            assertThat(strict.get("/openapi.yaml").status()).isEqualTo(200);
        }
    }
}
