package io.waybill.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.Status;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.BatchGetContactsRequest;
import io.waybill.proto.reader.v1.ContactEdge;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc.ContactReaderBlockingStub;
import io.waybill.proto.reader.v1.GetContactRequest;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

class ContactReaderTest {

    @RegisterExtension final RunningReader reader = new RunningReader();

    private ContactReaderBlockingStub contacts() {
        return over(reader.anyone());
    }

    private static ContactReaderBlockingStub over(Channel channel) {
        return ContactReaderGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofSeconds(30));
    }

    private static GetContactRequest byId(String id) {
        return GetContactRequest.newBuilder().setId(id).build();
    }

    private static ListContactsRequest page(int first, String after) {
        return ListContactsRequest.newBuilder().setFirst(first).setAfter(after).build();
    }

    private static List<String> names(ListContactsResponse page) {
        return page.getEdgesList().stream().map(edge -> edge.getNode().getName()).toList();
    }

    @Test
    void a_contact_is_read_by_its_id_over_tcp_and_in_process() {
        ContactView ada = reader.added("Ada");

        assertThat(contacts().getContact(byId(ada.getId())).getContact()).isEqualTo(ada);
        assertThat(over(reader.anyoneInProcess()).getContact(byId(ada.getId())).getContact())
                .isEqualTo(ada);
    }

    @Test
    void an_id_in_upper_case_is_the_same_id() {
        ContactView ada = reader.added("Ada");

        assertThat(contacts().getContact(byId(ada.getId().toUpperCase(Locale.ROOT))).getContact())
                .isEqualTo(ada);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "0195c1a4-0000-7000-8000-000000000000", "a/b", "äöü"})
    void an_id_that_is_unknown_or_none_at_all_is_not_found(String id) {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.NOT_FOUND,
                        ErrorCode.NOT_FOUND,
                        () -> contacts().getContact(byId(id)));

        assertThat(failure.sentence()).isEqualTo("contact with id " + id + " not found");
    }

    @Test
    void an_id_that_one_would_not_see_is_quoted() {
        assertThat(notFound("")).isEqualTo("contact with id '' not found");
        assertThat(notFound("  ")).isEqualTo("contact with id '  ' not found");
        assertThat(notFound(" ".repeat(100_000))).hasSizeLessThan(200);
    }

    private String notFound(String id) {
        return RunningReader.failure(
                        Status.Code.NOT_FOUND,
                        ErrorCode.NOT_FOUND,
                        () -> contacts().getContact(byId(id)))
                .sentence();
    }

    @Test
    void a_very_long_id_is_not_found_in_a_short_sentence() {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.NOT_FOUND,
                        ErrorCode.NOT_FOUND,
                        () -> contacts().getContact(byId("x".repeat(100_000))));

        assertThat(failure.sentence()).hasSizeLessThan(200);
    }

    @Test
    void several_contacts_come_in_the_order_asked_without_those_that_do_not_exist() {
        ContactView ada = reader.added("Ada");
        ContactView bob = reader.added("Bob");

        assertThat(
                        contacts()
                                .batchGetContacts(
                                        BatchGetContactsRequest.newBuilder()
                                                .addIds(bob.getId())
                                                .addIds("nonsense")
                                                .addIds(UUID.randomUUID().toString())
                                                .addIds(ada.getId())
                                                .build())
                                .getContactsList())
                .containsExactly(bob, ada);
    }

    @Test
    void a_batch_of_ids_that_are_none_is_empty() {
        assertThat(
                        contacts()
                                .batchGetContacts(
                                        BatchGetContactsRequest.newBuilder()
                                                .addIds("nonsense")
                                                .build())
                                .getContactsList())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001})
    void a_batch_has_one_to_a_thousand_ids(int count) {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () ->
                                contacts()
                                        .batchGetContacts(
                                                BatchGetContactsRequest.newBuilder()
                                                        .addAllIds(Collections.nCopies(count, "x"))
                                                        .build()));

        assertThat(failure.field()).contains("ids");
        assertThat(failure.sentence()).isEqualTo("ids must name 1 to 1000, but name " + count);
    }

    @Test
    void a_list_has_as_many_as_asked_oldest_first() {
        IntStream.rangeClosed(1, 5).forEach(i -> reader.added("contact " + i));

        ListContactsResponse two = contacts().listContacts(page(2, ""));
        ListContactsResponse all = contacts().listContacts(page(5, ""));
        ListContactsResponse most = contacts().listContacts(page(1_000, ""));

        assertThat(names(two)).containsExactly("contact 1", "contact 2");
        assertThat(two.getHasNextPage()).isTrue();
        assertThat(names(all)).hasSize(5);
        assertThat(all.getHasNextPage()).isFalse();
        assertThat(names(most)).hasSize(5);
    }

    @Test
    void an_empty_list_is_empty() {
        ListContactsResponse none = contacts().listContacts(page(10, ""));

        assertThat(none.getEdgesList()).isEmpty();
        assertThat(none.getHasNextPage()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001, 100_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void a_page_has_one_to_a_thousand_contacts(int first) {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> contacts().listContacts(page(first, "")));

        assertThat(failure.field()).contains("first");
        assertThat(failure.sentence()).isEqualTo("first must be 1 to 1000, but is " + first);
    }

    @Test
    void pages_together_are_the_whole_list_even_when_the_row_of_a_cursor_is_gone() {
        IntStream.rangeClosed(1, 7).forEach(i -> reader.added("contact " + i));

        ListContactsResponse one = contacts().listContacts(page(3, ""));
        ContactEdge last = one.getEdges(2);
        reader.queries.remove(last.getNode().getId());
        ListContactsResponse two = contacts().listContacts(page(3, last.getCursor()));
        ListContactsResponse three = contacts().listContacts(page(3, two.getEdges(2).getCursor()));

        assertThat(names(one)).containsExactly("contact 1", "contact 2", "contact 3");
        assertThat(names(two)).containsExactly("contact 4", "contact 5", "contact 6");
        assertThat(names(three)).containsExactly("contact 7");
        assertThat(three.getHasNextPage()).isFalse();
    }

    @Test
    void an_altered_cursor_is_refused_and_named() {
        reader.added("Ada");
        String cursor = contacts().listContacts(page(1, "")).getEdges(0).getCursor();
        String altered = (cursor.charAt(0) == 'A' ? 'B' : 'A') + cursor.substring(1);

        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> contacts().listContacts(page(1, altered)));

        assertThat(failure.field()).contains("after");
        assertThat(failure.sentence()).startsWith("after must be a cursor that this list gave");
    }
}
