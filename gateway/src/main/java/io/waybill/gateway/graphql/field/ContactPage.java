package io.waybill.gateway.graphql.field;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.ContactEdge;
import io.waybill.proto.reader.v1.ListContactsResponse;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A page as a Relay connection shows it.
 *
 * @param page what the reader answered
 * @param afterCursor whether it was asked for what comes after a cursor
 */
record ContactPage(ListContactsResponse page, boolean afterCursor) {

    static void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                        TypeRuntimeWiring.newTypeWiring("ContactConnection")
                                .dataFetcher("edges", of(ContactPage::edges))
                                .dataFetcher("nodes", of(ContactPage::nodes))
                                .dataFetcher("pageInfo", of(page -> page)))
                .type(
                        TypeRuntimeWiring.newTypeWiring("PageInfo")
                                .dataFetcher("hasNextPage", of(page -> page.page.getHasNextPage()))
                                .dataFetcher("hasPreviousPage", of(ContactPage::afterCursor))
                                .dataFetcher("startCursor", of(page -> page.cursor(0)))
                                .dataFetcher(
                                        "endCursor", of(page -> page.cursor(page.size() - 1))));
    }

    List<ContactView> nodes() {
        List<ContactView> nodes = new ArrayList<>(size());
        for (ContactEdge edge : edges()) {
            nodes.add(edge.getNode());
        }
        return nodes;
    }

    private List<ContactEdge> edges() {
        return page.getEdgesList();
    }

    private int size() {
        return page.getEdgesCount();
    }

    private @Nullable String cursor(int index) {
        return size() == 0 ? null : page.getEdges(index).getCursor();
    }

    private static Of<ContactPage> of(Function<ContactPage, @Nullable Object> value) {
        return new Of<>(ContactPage.class, value);
    }
}
