package io.waybill.reader.account;

import io.grpc.stub.StreamObserver;
import io.waybill.catalogue.Ids;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.account.v1.MovementView;
import io.waybill.proto.reader.v1.AccountReaderGrpc.AccountReaderImplBase;
import io.waybill.proto.reader.v1.BatchGetAccountsRequest;
import io.waybill.proto.reader.v1.BatchGetAccountsResponse;
import io.waybill.proto.reader.v1.GetAccountRequest;
import io.waybill.proto.reader.v1.GetAccountResponse;
import io.waybill.proto.reader.v1.ListMovementsRequest;
import io.waybill.proto.reader.v1.ListMovementsResponse;
import io.waybill.proto.reader.v1.MovementEdge;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.view.ListPage;
import io.waybill.reader.view.Listing;
import io.waybill.reader.view.Portion;
import io.waybill.reader.view.Views;

/** {@code waybill.reader.v1.AccountReader}. Holds no thread while a call waits. */
public final class AccountReaderService extends AccountReaderImplBase {

    private final Views<AccountView> accounts;
    private final Views<MovementView> movements;
    private final ReadTerms.Rules terms;

    /** Answers from the accounts and their movements, on the terms that clients ask for. */
    public AccountReaderService(
            Views<AccountView> accounts, Views<MovementView> movements, ReadTerms.Rules terms) {
        this.accounts = accounts;
        this.movements = movements;
        this.terms = terms;
    }

    @Override
    public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> call) {
        Reply.with(
                call,
                () ->
                        accounts.get(request.getCustomerId(), terms.of(request.getReadAfter()))
                                .thenApply(
                                        account ->
                                                GetAccountResponse.newBuilder()
                                                        .setAccount(account)
                                                        .build()));
    }

    @Override
    public void batchGetAccounts(
            BatchGetAccountsRequest request, StreamObserver<BatchGetAccountsResponse> call) {
        Reply.with(
                call,
                () ->
                        accounts.get(
                                        "customer_ids",
                                        request.getCustomerIdsList(),
                                        terms.of(request.getReadAfter()))
                                .thenApply(
                                        found ->
                                                BatchGetAccountsResponse.newBuilder()
                                                        .addAllAccounts(found)
                                                        .build()));
    }

    @Override
    public void listMovements(
            ListMovementsRequest request, StreamObserver<ListMovementsResponse> call) {
        Reply.with(
                call,
                () ->
                        movements
                                .list(
                                        statement(request),
                                        Portion.of(request.getPage()),
                                        terms.of(request.getReadAfter()))
                                .thenApply(AccountReaderService::response));
    }

    /** What is no customer has no movements. */
    private static Listing statement(ListMovementsRequest request) {
        String customer = request.getCustomerId();
        return Listing.of("customer")
                .where(Ids.uuid(customer).orElse(customer))
                .inDirection(request.getDirection());
    }

    private static ListMovementsResponse response(ListPage<MovementView> page) {
        ListMovementsResponse.Builder response =
                ListMovementsResponse.newBuilder().setPageInfo(page.info());
        for (int i = 0; i < page.size(); i++) {
            response.addEdges(
                    MovementEdge.newBuilder().setCursor(page.cursor(i)).setNode(page.node(i)));
        }
        return response.build();
    }
}
