package io.waybill.reader.deadletter;

import io.grpc.stub.StreamObserver;
import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.Ids;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.reader.v1.DeadLetterEdge;
import io.waybill.proto.reader.v1.DeadLetterReaderGrpc.DeadLetterReaderImplBase;
import io.waybill.proto.reader.v1.GetDeadLetterRequest;
import io.waybill.proto.reader.v1.GetDeadLetterResponse;
import io.waybill.proto.reader.v1.ListDeadLettersRequest;
import io.waybill.proto.reader.v1.ListDeadLettersResponse;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Listing;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Caller;
import io.waybill.wire.identity.Principal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * {@code waybill.reader.v1.DeadLetterReader}. What is looked up is the caller's, or a saga's:
 * another principal's does not exist. Holds no thread while a call waits.
 */
public final class DeadLetterReaderService extends DeadLetterReaderImplBase {

    private final Views<DeadLetterView> letters;
    private final ReadTerms.Rules terms;

    /** Answers from the dead letters, on the terms that clients ask for. */
    public DeadLetterReaderService(Views<DeadLetterView> letters, ReadTerms.Rules terms) {
        this.letters = letters;
        this.terms = terms;
    }

    @Override
    public void getDeadLetter(
            GetDeadLetterRequest request, StreamObserver<GetDeadLetterResponse> call) {
        Reply.with(call, () -> get(request));
    }

    private CompletableFuture<GetDeadLetterResponse> get(GetDeadLetterRequest request) {
        ReadTerms asked = terms.of(request.getReadAfter());
        String given = request.getCommandId();
        String id = Ids.uuid(given).orElseThrow(() -> letters.none(given));
        return letters.keyed(List.of(key(caller(), id), key(Principal.SAGA, id)), asked)
                .thenApply(
                        found ->
                                GetDeadLetterResponse.newBuilder()
                                        .setDeadLetter(
                                                found.stream()
                                                        .findFirst()
                                                        .orElseThrow(() -> letters.none(given)))
                                        .build());
    }

    private static String key(Principal principal, String commandId) {
        return principal.name() + "/" + commandId;
    }

    private static Principal caller() {
        return Caller.current().principal();
    }

    @Override
    public void listDeadLetters(
            ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> call) {
        Reply.with(
                call,
                () ->
                        letters.list(
                                        listing(request),
                                        Portion.of(request.getPage()),
                                        terms.of(request.getReadAfter()))
                                .thenApply(DeadLetterReaderService::response));
    }

    private static Listing listing(ListDeadLettersRequest request) {
        String whose = (request.getOfSagas() ? Principal.SAGA : caller()).name();
        Listing list =
                request.getTopic().isEmpty()
                        ? Listing.of("principal-time").where(whose)
                        : Listing.of("principal-topic-time").where(whose).where(topic(request));
        if (request.hasFrom()) {
            list.from("from", request.getFrom());
        }
        if (request.hasTo()) {
            list.to("to", request.getTo());
        }
        return list.inDirection(request.getDirection());
    }

    /** What travels on no topic of the catalogue is on none of the letters either: a mistake. */
    private static String topic(ListDeadLettersRequest request) {
        CommandCatalogue catalogue = CommandCatalogue.standard();
        if (catalogue.onTopic(request.getTopic()).isEmpty()) {
            Sender sender = request.getOfSagas() ? Sender.SENDER_SAGA : Sender.SENDER_CLIENT;
            throw WaybillException.badInput(
                    "topic",
                    catalogue.types().stream()
                            .filter(type -> type.sender() == sender)
                            .map(CommandType::topic)
                            .collect(Collectors.joining(", ", "topic must be one of ", "")));
        }
        return request.getTopic();
    }

    private static ListDeadLettersResponse response(ListPage<DeadLetterView> page) {
        ListDeadLettersResponse.Builder response =
                ListDeadLettersResponse.newBuilder().setPageInfo(page.info());
        for (int i = 0; i < page.size(); i++) {
            response.addEdges(
                    DeadLetterEdge.newBuilder().setCursor(page.cursor(i)).setNode(page.node(i)));
        }
        return response.build();
    }
}
