package io.waybill.gateway.graphql.field;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.wire.failure.WaybillException;

/** What can be subscribed to of orders and contacts. */
final class ChangeFields {

    private final ViewChanges changes;
    private final ViewReads views;

    ChangeFields(ViewChanges changes, ViewReads views) {
        this.changes = changes;
        this.views = views;
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                        TypeRuntimeWiring.newTypeWiring("Subscription")
                                .dataFetcher(
                                        "orderUpdates",
                                        asked -> new OrderUpdates(changes, id(asked, "an order's")))
                                .dataFetcher(
                                        "restaurantOrders",
                                        asked ->
                                                new RestaurantOrders(
                                                        changes,
                                                        views,
                                                        Asker.of(asked).principal(),
                                                        id(asked, "a restaurant's")))
                                .dataFetcher(
                                        "contactChanges", asked -> new ContactChanges(changes)))
                .type(
                        TypeRuntimeWiring.newTypeWiring("ContactChange")
                                .dataFetcher(
                                        "id",
                                        new Of<>(ContactChange.class, c -> c.id().orElse(null)))
                                .dataFetcher(
                                        "contact",
                                        new Of<>(
                                                ContactChange.class,
                                                c -> c.contact().orElse(null))));
    }

    private static String id(DataFetchingEnvironment environment, String whose) {
        return Ids.uuid(Arguments.text(environment, "id"))
                .orElseThrow(
                        () ->
                                WaybillException.badInput(
                                        "id", "id must be " + whose + " id, a UUID"));
    }
}
