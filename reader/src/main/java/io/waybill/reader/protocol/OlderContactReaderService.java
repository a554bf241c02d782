package io.waybill.reader.protocol;

import io.grpc.stub.StreamObserver;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.protocol.Contact;
import io.waybill.proto.protocol.ContactArrayRequestResponse;
import io.waybill.proto.protocol.ContactReaderGrpc.ContactReaderImplBase;
import io.waybill.proto.protocol.ContactReference;
import io.waybill.proto.protocol.ContactRequestResponse;
import io.waybill.proto.protocol.ListContactsFilter;
import io.waybill.proto.protocol.RequestResponse;
import io.waybill.proto.protocol.RequestResponse.StatusEnum;
import io.waybill.reader.contact.ContactLists;
import io.waybill.reader.query.Range;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;
import io.waybill.wire.failure.WaybillException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;

/**
 * {@code protocol.ContactReader}: every call that reaches it succeeds; whether the read did stands
 * in its {@code response}, {@code {OK, "OK"}} or {@code ERROR} with a sentence. Holds no thread
 * while a call waits.
 */
public final class OlderContactReaderService extends ContactReaderImplBase {

    private static final Logger LOG = LoggerFactory.getLogger(OlderContactReaderService.class);
    private static final Range COUNT = new Range("count", 1, Portion.MOST);
    private static final RequestResponse OK =
            RequestResponse.newBuilder().setStatus(StatusEnum.OK).setMessage("OK").build();

    private final Views<ContactView> contacts;

    /** Answers from the contacts. */
    public OlderContactReaderService(Views<ContactView> contacts) {
        this.contacts = contacts;
    }

    @Override
    public void getContact(ContactReference request, StreamObserver<ContactRequestResponse> call) {
        Reply.with(
                call,
                () ->
                        Reply.started(() -> contacts.get(request.getId(), ReadTerms.asItStands()))
                                .handle(
                                        (contact, failure) ->
                                                failure != null
                                                        ? ContactRequestResponse.newBuilder()
                                                                .setResponse(error(failure))
                                                                .build()
                                                        : ContactRequestResponse.newBuilder()
                                                                .setResponse(OK)
                                                                .setContact(older(contact))
                                                                .build()));
    }

    @Override
    public void listContacts(
            ListContactsFilter request, StreamObserver<ContactArrayRequestResponse> call) {
        Reply.with(
                call,
                () ->
                        Reply.started(() -> oldest(request.getCount()))
                                .handle(
                                        (page, failure) ->
                                                failure != null
                                                        ? ContactArrayRequestResponse.newBuilder()
                                                                .setResponse(error(failure))
                                                                .build()
                                                        : array(page)));
    }

    private CompletableFuture<ListPage<ContactView>> oldest(int count) {
        Portion portion = new Portion(COUNT.check(count), false, "", "");
        return contacts.list(ContactLists.oldestFirst(), portion, ReadTerms.asItStands());
    }

    private static ContactArrayRequestResponse array(ListPage<ContactView> page) {
        ContactArrayRequestResponse.Builder response =
                ContactArrayRequestResponse.newBuilder().setResponse(OK);
        page.nodes().forEach(contact -> response.addContact(older(contact)));
        return response.build();
    }

    private static Contact older(ContactView contact) {
        return Contact.newBuilder()
                .setId(contact.getId())
                .setName(contact.getName())
                .setLastUpdated(contact.getLastUpdated())
                .build();
    }

    private static RequestResponse error(Throwable failure) {
        return RequestResponse.newBuilder()
                .setStatus(StatusEnum.ERROR)
                .setMessage(sentence(Reply.cause(failure)))
                .build();
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof WaybillException known) {
            return known.sentence();
        }
        LOG.error("a read failed", failure);
        return "the read failed inside Waybill";
    }
}
