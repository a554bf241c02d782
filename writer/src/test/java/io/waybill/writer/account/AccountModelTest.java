package io.waybill.writer.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.account.Account.Open;
import io.waybill.writer.account.AccountCommand.VoidDebit;
import io.waybill.writer.account.AccountEvent.PaymentDebited;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.Recorded;
import io.waybill.writer.domain.RefusalCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * An account that keeps totals says the same as a ledger that keeps every entry, whatever comes: in
 * duplicate, late, or undone before it came.
 */
class AccountModelTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void the_money_is_right_at_every_version(long seed) {
        Set<Object> met = new HashSet<>();
        for (int run = 0; run < 25; run++) {
            new Run(new Random(seed * 1_000 + run), met, "seed " + seed + ", run " + run).run();
        }

        assertThat(met)
                .as("seed %d meets every event and every refusal", seed)
                .contains((Object[]) AccountEvent.class.getPermittedSubclasses())
                .contains(
                        RefusalCode.NOT_FOUND,
                        RefusalCode.INSUFFICIENT_FUNDS,
                        RefusalCode.CURRENCY_MISMATCH,
                        RefusalCode.UNKNOWN_PAYMENT,
                        RefusalCode.AMOUNT_MISMATCH,
                        RefusalCode.AMOUNT_TOO_LARGE);
    }

    private static final class Run {

        private final Random random;
        private final Set<Object> met;
        private final String description;
        private final AccountCommands commands;
        private final Recorded<AccountEvent> recorded = new Recorded<>();
        private final LedgerModel ledger = new LedgerModel();
        private final List<AccountCommand> sentBefore = new ArrayList<>();
        private Account account = AccountFold.initial();

        Run(Random random, Set<Object> met, String description) {
            this.random = random;
            this.met = met;
            this.description = description;
            this.commands = new AccountCommands(random);
        }

        void run() {
            for (int step = 0; step < 150; step++) {
                if (recorded.hasUndoable() && random.nextInt(5) == 0) {
                    undo(recorded.drawUndoable(random));
                } else if (!sentBefore.isEmpty() && random.nextInt(8) == 0) {
                    AccountCommand again = sentBefore.get(random.nextInt(sentBefore.size()));
                    send(again);
                } else {
                    AccountCommand command = commands.next();
                    sentBefore.add(command);
                    if (isDebit(command)) {
                        recorded.sent(AccountCommands.id(command));
                    }
                    boolean comesLate = isDebit(command) && random.nextInt(4) == 0;
                    if (!comesLate) {
                        send(command);
                    }
                }
            }
        }

        private void undo(String debitId) {
            String order = debitId.substring("debit ".length());
            List<PaymentDebited> undone = recorded.undone(debitId, PaymentDebited.class);
            send(new VoidDebit(AccountCommands.CUSTOMER, order, undone, commands.now()));
        }

        private void send(AccountCommand command) {
            recorded.once(
                            AccountCommands.id(command),
                            () -> {
                                Optional<RefusalCode> refusal = ledger.ask(command);
                                refusal.ifPresent(met::add);
                                Decision<AccountEvent> decision =
                                        AccountDecider.decide(command, account);
                                assertThat(refusalOf(decision)).as(description).isEqualTo(refusal);
                                return decision;
                            })
                    .forEach(
                            event -> {
                                met.add(event.getClass());
                                account = AccountFold.evolve(account, event);
                                assertThat(event.at()).as(description).isEqualTo(command.at());
                                check();
                            });
            check();
        }

        private void check() {
            switch (account) {
                case Account.Absent _ -> assertThat(ledger.deposited()).as(description).isZero();
                case Open open -> {
                    check(open.totals());
                    assertThat(open.authorizations().keySet())
                            .as(description)
                            .hasSize(ledger.openPayments())
                            .allMatch(ledger::isOpen);
                }
            }
        }

        /** R13. */
        private void check(Totals totals) {
            BigInteger balance = BigInteger.valueOf(totals.balance().minor());
            BigInteger held = BigInteger.valueOf(totals.held().minor());
            BigInteger debited = BigInteger.valueOf(totals.debited().minor());
            BigInteger withdrawn = BigInteger.valueOf(totals.withdrawn().minor());
            BigInteger deposited = BigInteger.valueOf(totals.deposited().minor());
            assertThat(deposited)
                    .as(description)
                    .isEqualTo(balance.add(held).add(debited).add(withdrawn));
            assertThat(List.of(balance, held, debited, withdrawn))
                    .as(description)
                    .allMatch(amount -> amount.signum() >= 0);
            assertThat(List.of(deposited, balance, held, debited, withdrawn))
                    .as(description)
                    .containsExactly(
                            ledger.deposited(),
                            ledger.balance(),
                            ledger.held(),
                            ledger.debited(),
                            ledger.withdrawn());
        }

        private static boolean isDebit(AccountCommand command) {
            return AccountCommands.id(command).startsWith("debit ");
        }

        private static Optional<RefusalCode> refusalOf(Decision<AccountEvent> decision) {
            return switch (decision) {
                case Decision.Accepted<AccountEvent> _ -> Optional.empty();
                case Decision.Refused<AccountEvent> refused -> Optional.of(refused.code());
            };
        }
    }
}
