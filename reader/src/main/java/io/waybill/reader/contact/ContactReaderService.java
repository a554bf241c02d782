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
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;

import java.util.concurrent.CompletableFuture;

/** {@code waybill.reader.v1.ContactReader}. Holds no thread while a call waits. */
public final class ContactReaderService extends ContactReaderImplBase {

    private final Views<ContactView> contacts;
    private final ReadTerms.Rules terms;

    /** Answers from the contacts, on the terms that clients ask for. */
    public ContactReaderService(Views<ContactView> contacts, ReadTerms.Rules terms) {
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
                        contacts.get("ids", request.getIdsList(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        found ->
                                                BatchGetContactsResponse.newBuilder()
                                                        .addAllContacts(found)
                                                        .build()));
    }

    @Override
    public void listContacts(
            ListContactsRequest request, StreamObserver<ListContactsResponse> call) {
        Reply.with(call, () -> list(request));
    }

    private CompletableFuture<ListContactsResponse> list(ListContactsRequest request) {
        return contacts.list(
                        ContactLists.of(request),
                        portion(request),
                        terms.of(request.getReadAfter()))
                .thenApply(ContactReaderService::response);
    }

    private static Portion portion(ListContactsRequest request) {
        return Portion.of(
                request.hasPage(), request.getPage(), request.getFirst(), request.getAfter());
    }

    private static ListContactsResponse response(ListPage<ContactView> page) {
        ListContactsResponse.Builder response =
                ListContactsResponse.newBuilder()
                        .setHasNextPage(page.hasNext())
                        .setHasPreviousPage(page.hasPrevious());
        for (int i = 0; i < page.size(); i++) {
            response.addEdges(
                    ContactEdge.newBuilder().setCursor(page.cursor(i)).setNode(page.node(i)));
        }
        return response.build();
    }
}
