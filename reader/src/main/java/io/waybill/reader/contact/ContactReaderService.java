package io.waybill.reader.contact;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.BatchGetContactsRequest;
import io.waybill.proto.reader.v1.BatchGetContactsResponse;
import io.waybill.proto.reader.v1.ContactEdge;
import io.waybill.proto.reader.v1.ContactReaderGrpc.ContactReaderImplBase;
import io.waybill.proto.reader.v1.GetContactRequest;
import io.waybill.proto.reader.v1.GetContactResponse;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.reader.cursor.Cursors;
import io.waybill.reader.query.Range;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code waybill.reader.v1.ContactReader}. Holds no thread while a call waits. */
public final class ContactReaderService extends ContactReaderImplBase {

    private static final Range FIRST = new Range("first", 1, Contacts.MOST);
    private static final Cursors CURSORS = Cursors.of("after", "contacts", List.of());

    private final Contacts contacts;
    private final ReadTerms.Rules terms;

    /** Answers from the contacts, on the terms that clients ask for. */
    public ContactReaderService(Contacts contacts, ReadTerms.Rules terms) {
        this.contacts = contacts;
        this.terms = terms;
    }

    @Override
    public void getContact(GetContactRequest request, StreamObserver<GetContactResponse> call) {
        Reply.with(
                call,
                () ->
                        contacts.get(request.getId(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        contact ->
                                                GetContactResponse.newBuilder()
                                                        .setContact(contact)
                                                        .build()));
    }

    @Override
    public void batchGetContacts(
            BatchGetContactsRequest request, StreamObserver<BatchGetContactsResponse> call) {
        Reply.with(
                call,
                () ->
                        contacts.get(checkedIds(request), terms.of(request.getReadAfter()))
                                .thenApply(
                                        found ->
                                                BatchGetContactsResponse.newBuilder()
                                                        .addAllContacts(found)
                                                        .build()));
    }

    private static List<String> checkedIds(BatchGetContactsRequest request) {
        int count = request.getIdsCount();
        if (count < 1 || count > Contacts.MOST) {
            throw WaybillException.badInput(
                    "ids",
                    "ids must name 1 to %d contacts, but name %d".formatted(Contacts.MOST, count));
        }
        return request.getIdsList();
    }

    @Override
    public void listContacts(
            ListContactsRequest request, StreamObserver<ListContactsResponse> call) {
        Reply.with(call, () -> list(request));
    }

    private CompletableFuture<ListContactsResponse> list(ListContactsRequest request) {
        int first = FIRST.check(request.getFirst());
        long after = request.getAfter().isEmpty() ? 0 : CURSORS.position(request.getAfter());
        return contacts.page(first, after, terms.of(request.getReadAfter()))
                .thenApply(ContactReaderService::response);
    }

    private static ListContactsResponse response(Contacts.Page page) {
        ListContactsResponse.Builder response =
                ListContactsResponse.newBuilder().setHasNextPage(page.more());
        for (ContactView contact : page.contacts()) {
            response.addEdges(
                    ContactEdge.newBuilder()
                            .setCursor(CURSORS.at(contact.getCreatedPosition()))
                            .setNode(contact));
        }
        return response.build();
    }
}
