package io.waybill.writer.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.account.v1.AccountSnapshot;
import io.waybill.writer.account.Account;
import io.waybill.writer.account.Authorization;
import io.waybill.writer.account.Totals;
import io.waybill.writer.decide.Snapshots;
import io.waybill.writer.money.Money;
import io.waybill.writer.time.ProtoTime;

import java.util.HashMap;
import java.util.Map;

/** Accounts as they are kept between folds. */
final class AccountSnapshots implements Snapshots<Account> {

    @Override
    public String schema() {
        return "account-1";
    }

    @Override
    public ByteString write(Account state) {
        return switch (state) {
            case Account.Absent absent ->
                    throw new IllegalStateException("an account without events has no snapshot");
            case Account.Open open -> write(open);
        };
    }

    private static ByteString write(Account.Open open) {
        Totals totals = open.totals();
        AccountSnapshot.Builder snapshot =
                AccountSnapshot.newBuilder()
                        .setCustomerId(open.customerId())
                        .setCurrency(totals.deposited().currency().getCurrencyCode())
                        .setDeposited(totals.deposited().minor())
                        .setBalance(totals.balance().minor())
                        .setHeld(totals.held().minor())
                        .setDebited(totals.debited().minor())
                        .setWithdrawn(totals.withdrawn().minor());
        open.authorizations()
                .forEach(
                        (id, authorization) ->
                                snapshot.addAuthorizations(
                                        AccountSnapshot.Authorization.newBuilder()
                                                .setPaymentId(id)
                                                .setAmount(authorization.amount().minor())
                                                .setExpires(
                                                        ProtoTime.of(authorization.expires()))));
        return snapshot.build().toByteString();
    }

    @Override
    public Account read(ByteString bytes) throws InvalidProtocolBufferException {
        AccountSnapshot snapshot = AccountSnapshot.parseFrom(bytes);
        String currency = snapshot.getCurrency();
        Map<String, Authorization> authorizations = new HashMap<>();
        for (AccountSnapshot.Authorization each : snapshot.getAuthorizationsList()) {
            authorizations.put(
                    each.getPaymentId(),
                    new Authorization(
                            Money.of(currency, each.getAmount()),
                            ProtoTime.toInstant(each.getExpires())));
        }
        return new Account.Open(
                snapshot.getCustomerId(),
                new Totals(
                        Money.of(currency, snapshot.getDeposited()),
                        Money.of(currency, snapshot.getBalance()),
                        Money.of(currency, snapshot.getHeld()),
                        Money.of(currency, snapshot.getDebited()),
                        Money.of(currency, snapshot.getWithdrawn())),
                authorizations);
    }
}
