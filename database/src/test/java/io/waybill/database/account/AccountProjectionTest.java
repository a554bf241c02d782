package io.waybill.database.account;

import static io.waybill.database.order.OrderEvents.money;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.Commits;
import io.waybill.database.projection.Folded;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.account.v1.AuthorizationView;
import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.MovementView;
import io.waybill.proto.account.v1.PaymentAuthorized;
import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.account.v1.PaymentReleased;
import io.waybill.proto.account.v1.PaymentVoided;
import io.waybill.proto.account.v1.Withdrawn;

import org.junit.jupiter.api.Test;

class AccountProjectionTest {

    private static final Timestamp EXPIRES = Timestamps.fromSeconds(9_000);

    private final Commits log = new Commits();
    private final Folded<AccountView> accounts = new Folded<>(new AccountProjection());
    private final Folded<MovementView> movements = new Folded<>(new MovementProjection());

    private AccountView happens(Message event) {
        var commit = log.of("account/c", event);
        accounts.then(commit);
        movements.then(commit);
        AccountView account = accounts.row("c");
        assertThat(account.getDeposited().getMinor())
                .isEqualTo(
                        account.getBalance().getMinor()
                                + account.getHeld().getMinor()
                                + account.getDebited().getMinor()
                                + account.getWithdrawn().getMinor());
        MovementView last = movements.row("c/" + account.getVersion());
        assertThat(last.getBalance()).isEqualTo(account.getBalance());
        assertThat(last.getHeld()).isEqualTo(account.getHeld());
        assertThat(last.getAt()).isEqualTo(account.getLastUpdated());
        return account;
    }

    private AccountView deposit(long minor) {
        return happens(
                Deposited.newBuilder()
                        .setCustomerId("c")
                        .setAmount(money("EUR", minor))
                        .setAt(log.now())
                        .build());
    }

    private AccountView authorize(String payment, long minor) {
        return happens(
                PaymentAuthorized.newBuilder()
                        .setCustomerId("c")
                        .setPaymentId(payment)
                        .setAmount(money("EUR", minor))
                        .setExpires(EXPIRES)
                        .setAt(log.now())
                        .build());
    }

    @Test
    void the_first_deposit_opens_an_account_and_fixes_its_currency() {
        AccountView account = deposit(500);

        assertThat(account.getCustomerId()).isEqualTo("c");
        assertThat(account.getBalance()).isEqualTo(money("EUR", 500));
        assertThat(account.getHeld()).isEqualTo(money("EUR", 0));
        assertThat(account.getDebited()).isEqualTo(money("EUR", 0));
        assertThat(account.getWithdrawn()).isEqualTo(money("EUR", 0));
        assertThat(account.getCreated()).isEqualTo(Commits.at(1));
        assertThat(account.getCreatedPosition()).isEqualTo(1);
    }

    @Test
    void a_payment_out_of_the_balance_comes_back_to_it() {
        deposit(500);
        AccountView paid =
                happens(
                        PaymentDebited.newBuilder()
                                .setCustomerId("c")
                                .setOrderId("o")
                                .setAmount(money("EUR", 200))
                                .setAt(log.now())
                                .build());
        assertThat(paid.getBalance().getMinor()).isEqualTo(300);
        assertThat(paid.getDebited().getMinor()).isEqualTo(200);
        assertThat(movements.row("c/2").getKind()).isEqualTo("PAYMENT_DEBITED");
        assertThat(movements.row("c/2").getOrderId()).isEqualTo("o");
        assertThat(movements.row("c/2").hasPaymentId()).isFalse();

        AccountView voided =
                happens(
                        PaymentVoided.newBuilder()
                                .setCustomerId("c")
                                .setOrderId("o")
                                .setAmount(money("EUR", 200))
                                .setAt(log.now())
                                .build());
        assertThat(voided.getBalance().getMinor()).isEqualTo(500);
        assertThat(voided.getDebited().getMinor()).isZero();
    }

    @Test
    void a_payment_out_of_an_authorization_uses_it_up_and_its_void_restores_it() {
        deposit(500);
        AccountView held = authorize("p", 200);
        assertThat(held.getBalance().getMinor()).isEqualTo(300);
        assertThat(held.getHeld().getMinor()).isEqualTo(200);
        AuthorizationView authorization =
                AuthorizationView.newBuilder()
                        .setPaymentId("p")
                        .setAmount(money("EUR", 200))
                        .setExpires(EXPIRES)
                        .build();
        assertThat(held.getAuthorizationsList()).containsExactly(authorization);

        AccountView paid =
                happens(
                        PaymentDebited.newBuilder()
                                .setCustomerId("c")
                                .setOrderId("o")
                                .setPaymentId("p")
                                .setAmount(money("EUR", 200))
                                .setExpires(EXPIRES)
                                .setAt(log.now())
                                .build());
        assertThat(paid.getHeld().getMinor()).isZero();
        assertThat(paid.getAuthorizationsList()).isEmpty();

        AccountView voided =
                happens(
                        PaymentVoided.newBuilder()
                                .setCustomerId("c")
                                .setOrderId("o")
                                .setPaymentId("p")
                                .setAmount(money("EUR", 200))
                                .setExpires(EXPIRES)
                                .setAt(log.now())
                                .build());
        assertThat(voided.getHeld().getMinor()).isEqualTo(200);
        assertThat(voided.getAuthorizationsList()).containsExactly(authorization);
        assertThat(movements.row("c/4").getPaymentId()).isEqualTo("p");
    }

    @Test
    void what_is_released_is_in_the_balance_again_and_of_several_the_right_one_is_gone() {
        deposit(500);
        authorize("p", 100);
        authorize("q", 150);
        AccountView released =
                happens(
                        PaymentReleased.newBuilder()
                                .setCustomerId("c")
                                .setPaymentId("p")
                                .setAmount(money("EUR", 100))
                                .setExpired(true)
                                .setAt(log.now())
                                .build());

        assertThat(released.getBalance().getMinor()).isEqualTo(350);
        assertThat(released.getAuthorizationsList())
                .extracting(AuthorizationView::getPaymentId)
                .containsExactly("q");
    }

    @Test
    void a_statement_has_a_line_for_each_event_in_their_order() {
        deposit(500);
        happens(
                Withdrawn.newBuilder()
                        .setCustomerId("c")
                        .setAmount(money("EUR", 120))
                        .setAt(log.now())
                        .build());
        deposit(20);

        assertThat(movements.row("c/1").getKind()).isEqualTo("DEPOSITED");
        assertThat(movements.row("c/2"))
                .isEqualTo(
                        MovementView.newBuilder()
                                .setCustomerId("c")
                                .setVersion(2)
                                .setKind("WITHDRAWN")
                                .setAmount(money("EUR", 120))
                                .setBalance(money("EUR", 380))
                                .setHeld(money("EUR", 0))
                                .setAt(Commits.at(2))
                                .build());
        assertThat(movements.row("c/3").getBalance().getMinor()).isEqualTo(400);
    }
}
