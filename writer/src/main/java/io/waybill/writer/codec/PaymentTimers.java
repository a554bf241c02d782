package io.waybill.writer.codec;

import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.writer.account.Account;
import io.waybill.writer.account.Account.Open;
import io.waybill.writer.account.AccountEvent;
import io.waybill.writer.account.AccountEvent.Deposited;
import io.waybill.writer.account.AccountEvent.PaymentAuthorized;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.account.AccountEvent.PaymentReleased;
import io.waybill.writer.account.AccountEvent.PaymentVoided;
import io.waybill.writer.account.AccountEvent.Withdrawn;
import io.waybill.writer.account.Authorization;
import io.waybill.writer.account.Source.Held;
import io.waybill.writer.decide.TimerChanges;
import io.waybill.writer.time.ProtoTime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The timers of an account: one, {@code payment/<payment id>}, for each authorization that is open,
 * due when it expires.
 */
final class PaymentTimers {

    private PaymentTimers() {}

    /** What events do to the timers. */
    static TimerChanges after(List<AccountEvent> events) {
        List<Timer> set = new ArrayList<>();
        List<String> cleared = new ArrayList<>();
        for (AccountEvent event : events) {
            switch (event) {
                case PaymentAuthorized authorized ->
                        set.add(timer(authorized.paymentId(), authorized.expires()));
                case PaymentReleased released -> cleared.add(name(released.paymentId()));
                case PaymentDebited debited when debited.source() instanceof Held held ->
                        cleared.add(name(held.paymentId()));
                case PaymentVoided voided when voided.source() instanceof Held held ->
                        set.add(timer(held.paymentId(), held.expires()));
                case Deposited _, Withdrawn _, PaymentDebited _, PaymentVoided _ -> {}
            }
        }
        return new TimerChanges(List.copyOf(set), List.copyOf(cleared));
    }

    /** The timer of an authorization, set once more while it is open. */
    static TimerChanges standing(String payment, Account account) {
        Authorization held =
                account instanceof Open open ? open.authorizations().get(payment) : null;
        return held == null
                ? TimerChanges.NONE
                : new TimerChanges(List.of(timer(payment, held.expires())), List.of());
    }

    private static Timer timer(String payment, Instant due) {
        return Timer.newBuilder().setName(name(payment)).setDue(ProtoTime.of(due)).build();
    }

    private static String name(String payment) {
        return "payment/" + payment;
    }
}
