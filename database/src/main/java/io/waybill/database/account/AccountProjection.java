package io.waybill.database.account;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;

import io.waybill.database.projection.AggregateProjection;
import io.waybill.database.projection.Happening;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Rows;
import io.waybill.database.projection.UnknownEventException;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.account.v1.AuthorizationView;
import io.waybill.proto.common.v1.Money;

import java.util.List;

/** Accounts as they are now, by the id of their customer. */
public final class AccountProjection implements AggregateProjection<AccountView> {

    public static final String NAME = "account";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String aggregate() {
        return "account";
    }

    @Override
    public Parser<AccountView> parser() {
        return AccountView.parser();
    }

    /** None: an account is found by its customer. */
    @Override
    public List<Index<AccountView>> indexes() {
        return List.of();
    }

    @Override
    public void apply(Happening event, Rows<AccountView> rows)
            throws UnknownEventException, InvalidProtocolBufferException {
        Posting posting = Posting.of(event);
        AccountView.Builder account =
                event.isFirst()
                        ? opened(posting, event)
                        : rows.find(event.key()).orElseThrow(event::outOfPlace).toBuilder();
        take(posting, account);
        give(posting, account);
        rows.put(
                event.key(),
                account.setLastUpdated(posting.at()).setVersion(event.version()).build());
    }

    private static AccountView.Builder opened(Posting first, Happening event) {
        Money nothing = Money.newBuilder().setCurrency(first.amount().getCurrency()).build();
        return AccountView.newBuilder()
                .setCustomerId(event.id())
                .setDeposited(nothing)
                .setBalance(nothing)
                .setHeld(nothing)
                .setDebited(nothing)
                .setWithdrawn(nothing)
                .setCreated(first.at())
                .setCreatedPosition(event.position());
    }

    private static void take(Posting posting, AccountView.Builder account) {
        long minor = posting.amount().getMinor();
        switch (posting.from()) {
            // What comes in is what was deposited: the one total that nothing is taken from.
            case OUTSIDE -> add(account.getDepositedBuilder(), minor);
            case BALANCE -> add(account.getBalanceBuilder(), -minor);
            case HELD -> {
                add(account.getHeldBuilder(), -minor);
                forget(posting.paymentId(), account);
            }
            case DEBITED -> add(account.getDebitedBuilder(), -minor);
            case WITHDRAWN -> add(account.getWithdrawnBuilder(), -minor);
        }
    }

    private static void give(Posting posting, AccountView.Builder account) {
        long minor = posting.amount().getMinor();
        switch (posting.to()) {
            case BALANCE -> add(account.getBalanceBuilder(), minor);
            case HELD -> {
                add(account.getHeldBuilder(), minor);
                account.addAuthorizations(
                        AuthorizationView.newBuilder()
                                .setPaymentId(posting.paymentId())
                                .setAmount(posting.amount())
                                .setExpires(posting.expires()));
            }
            case DEBITED -> add(account.getDebitedBuilder(), minor);
            case WITHDRAWN -> add(account.getWithdrawnBuilder(), minor);
            case OUTSIDE -> {}
        }
    }

    private static void add(Money.Builder total, long minor) {
        total.setMinor(Math.addExact(total.getMinor(), minor));
    }

    private static void forget(String paymentId, AccountView.Builder account) {
        for (int i = 0; i < account.getAuthorizationsCount(); i++) {
            if (account.getAuthorizations(i).getPaymentId().equals(paymentId)) {
                account.removeAuthorizations(i);
                return;
            }
        }
    }
}
