package io.waybill.reader;

import static io.waybill.reader.StoredWorld.NOW;
import static io.waybill.reader.StoredWorld.at;
import static io.waybill.reader.StoredWorld.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.reader.v1.ContactOrder;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc.ContactReaderBlockingStub;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContactSearchTest {

    private StoredWorld world;
    private ContactReaderBlockingStub contacts;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        world = new StoredWorld(folder);
        String[] names = {"Émile", "Zoe", "emil", "Ada", "EMILIA", "Émilie"};
        for (int i = 0; i < names.length; i++) {
            world.happens(
                    "contact",
                    names[i],
                    ContactAdded.newBuilder()
                            .setId(id(names[i]))
                            .setName(names[i])
                            .setEmail(i < 2 ? "Shared@Example.org" : "")
                            .setAt(at(100 + i))
                            .build());
        }
        world.happens(
                "contact", "Zoe", ContactUpdated.newBuilder().setPhone("1").setAt(at(900)).build());
        contacts =
                ContactReaderGrpc.newBlockingStub(world.client())
                        .withDeadlineAfter(Duration.ofMinutes(5));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static ListContactsRequest.Builder all() {
        return ListContactsRequest.newBuilder()
                .setPage(Page.newBuilder().setFirst(100))
                .setReadAfter(NOW);
    }

    private List<String> names(ListContactsRequest.Builder request) {
        return contacts.listContacts(request.build()).getEdgesList().stream()
                .map(edge -> edge.getNode().getName())
                .toList();
    }

    private void refused(String field, ListContactsRequest.Builder request) {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> contacts.listContacts(request.build()));
        assertThat(failure.field()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emil", "EMIL", "eMiL"})
    void names_are_found_by_their_beginning_in_any_case(String prefix) {
        assertThat(names(all().setNamePrefix(prefix))).containsExactly("emil", "EMILIA");
    }

    @Test
    void an_accent_is_part_of_a_name_in_any_case_and_form() {
        assertThat(names(all().setNamePrefix("éMIL"))).containsExactly("Émile", "Émilie");
        assertThat(names(all().setNamePrefix("E\u0301m"))).containsExactly("Émile", "Émilie");
    }

    @Test
    void an_address_is_found_in_any_case_and_as_a_whole() {
        assertThat(names(all().setEmail("shared@EXAMPLE.org"))).containsExactly("Émile", "Zoe");
        assertThat(names(all().setEmail("shared"))).isEmpty();
    }

    @Test
    void contacts_are_found_by_their_last_change() {
        assertThat(names(all().setUpdatedSince(at(104))))
                .containsExactly("EMILIA", "Émilie", "Zoe");
    }

    @Test
    void contacts_are_sorted_by_name_creation_and_change_both_ways() {
        assertThat(names(all().setOrder(ContactOrder.CONTACT_ORDER_NAME)))
                .containsExactly("Ada", "emil", "EMILIA", "Zoe", "Émile", "Émilie");
        assertThat(
                        names(
                                all().setOrder(ContactOrder.CONTACT_ORDER_CREATED)
                                        .setDirection(Direction.DIRECTION_DESCENDING)))
                .containsExactly("Émilie", "EMILIA", "Ada", "emil", "Zoe", "Émile");
        assertThat(names(all().setOrder(ContactOrder.CONTACT_ORDER_UPDATED)))
                .containsExactly("Émile", "emil", "Ada", "EMILIA", "Émilie", "Zoe");
    }

    @Test
    void a_list_by_name_is_walked_both_ways() {
        ListContactsRequest.Builder byName = all().setOrder(ContactOrder.CONTACT_ORDER_NAME);
        ListContactsResponse first =
                contacts.listContacts(byName.setPage(Page.newBuilder().setFirst(4)).build());
        assertThat(first.getHasNextPage()).isTrue();
        assertThat(first.getHasPreviousPage()).isFalse();
        String fourth = first.getEdges(3).getCursor();
        ListContactsResponse rest =
                contacts.listContacts(
                        byName.setPage(Page.newBuilder().setFirst(4).setAfter(fourth)).build());
        assertThat(rest.getEdgesCount()).isEqualTo(2);
        assertThat(rest.getHasPreviousPage()).isTrue();
        assertThat(names(byName.setPage(Page.newBuilder().setLast(2).setBefore(fourth))))
                .containsExactly("emil", "EMILIA");
    }

    @Test
    void the_short_form_of_a_page_does_not_stand_beside_the_long_one() {
        refused("page", all().setFirst(1));
        refused("page", all().setAfter("x"));
        assertThat(names(all().clearPage().setFirst(1))).containsExactly("Émile");
    }

    @Test
    void an_order_that_a_filter_has_not_is_refused() {
        refused("order", all().setNamePrefix("a").setOrder(ContactOrder.CONTACT_ORDER_UPDATED));
        refused("order", all().setEmail("a").setOrder(ContactOrder.CONTACT_ORDER_NAME));
        refused("order", all().setUpdatedSince(at(1)).setOrder(ContactOrder.CONTACT_ORDER_CREATED));
        refused("order", all().setOrderValue(77));
    }
}
