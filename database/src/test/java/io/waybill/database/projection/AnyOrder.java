package io.waybill.database.projection;

import static io.waybill.database.order.OrderEvents.money;

import com.google.protobuf.util.Timestamps;

import io.waybill.database.Commits;
import io.waybill.database.order.OrderEvents;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.order.v1.OrderCreated;

import java.util.List;
import java.util.Random;

/** One order that goes through its saga by chance, as the writer would let it. */
final class AnyOrder {

    private static final List<String> BEFORE_REVIEW =
            List.of("AUTHORIZE_CUSTOMER", "RESERVE_ITEMS", "CREATE_SHOPPING_LIST", "DEBIT_PAYMENT");

    private enum Phase {
        ABSENT,
        PREPARING,
        AT_REVIEW,
        REVIEW_OPEN,
        TAKING,
        INITIATING,
        APPROVED,
        READY,
        UNDOING,
        OVER
    }

    private final OrderEvents order;
    private final String stream;
    private Phase phase = Phase.ABSENT;
    private int step;
    private boolean cancelled;

    AnyOrder(String id) {
        order = new OrderEvents(id);
        stream = "order/" + id;
    }

    Commit next(Commits log, Random random) {
        if (phase != Phase.ABSENT && phase != Phase.OVER && random.nextInt(5) == 0) {
            return log.waking(timer(random), stream);
        }
        return switch (phase) {
            case ABSENT -> {
                phase = Phase.PREPARING;
                yield log.waking(timer(random), stream, created(log, random));
            }
            case PREPARING -> preparing(log, random);
            case AT_REVIEW -> atReview(log, random);
            case REVIEW_OPEN -> open(log, random);
            case TAKING -> {
                if (random.nextInt(4) == 0) {
                    yield log.of(stream, order.failed("TAKE_ITEMS", false, 1, log.now()));
                }
                phase = Phase.INITIATING;
                yield log.waking(timer(random), stream, order.itemsTaken(log.now()));
            }
            case INITIATING -> {
                phase = Phase.APPROVED;
                yield log.sleeping(
                        stream, order.shoppingInitiated(log.now()), order.approved(log.now()));
            }
            case APPROVED -> {
                phase = Phase.READY;
                yield log.of(stream, order.ready(log.now()));
            }
            case READY -> {
                phase = Phase.OVER;
                yield log.of(stream, order.collected(log.now()));
            }
            case UNDOING -> undoing(log, random);
            case OVER -> log.of(stream);
        };
    }

    private OrderCreated created(Commits log, Random random) {
        return order.created(
                "c" + random.nextInt(4),
                "r" + random.nextInt(3),
                List.of("a", "b", "c").subList(0, 1 + random.nextInt(3)),
                money(random.nextBoolean() ? "EUR" : "USD", random.nextInt(1_000)),
                log.now());
    }

    private static Timer.Builder timer(Random random) {
        return Timer.newBuilder()
                .setDue(Timestamps.fromSeconds(random.nextInt(5_000)))
                .setDeadline(Timestamps.fromSeconds(random.nextInt(5_000)))
                .setTries(random.nextInt(4));
    }

    private Commit preparing(Commits log, Random random) {
        String asked = BEFORE_REVIEW.get(step);
        return switch (random.nextInt(20)) {
            case 0 -> refused(log, asked, "OUT_OF_STOCK", step - 1);
            case 1 -> refused(log, asked, "TIMED_OUT", step);
            case 2 -> cancelled(log, step);
            default -> {
                var done = order.doneBeforeReview(log.now()).get(step);
                step++;
                if (step == BEFORE_REVIEW.size()) {
                    phase = Phase.AT_REVIEW;
                }
                yield log.waking(timer(random), stream, done);
            }
        };
    }

    private Commit atReview(Commits log, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> refused(log, "REVIEW", "RESTAURANT_CLOSED", step - 1);
            case 1 -> {
                phase = Phase.REVIEW_OPEN;
                yield log.waking(
                        timer(random),
                        stream,
                        order.reviewRequested(Timestamps.fromSeconds(9_000), log.now()));
            }
            default -> approved(log, random);
        };
    }

    private Commit open(Commits log, Random random) {
        return switch (random.nextInt(30)) {
            case 0 -> {
                undo(step - 1);
                yield log.of(stream, order.reviewDeclined("no", log.now()));
            }
            case 1 -> cancelled(log, step - 1);
            case 2 -> refused(log, "REVIEW", "TIMED_OUT", step - 1);
            case 3 -> approved(log, random);
            default -> log.waking(timer(random), stream);
        };
    }

    private Commit approved(Commits log, Random random) {
        phase = Phase.TAKING;
        return log.waking(timer(random), stream, order.reviewApproved(log.now()));
    }

    private Commit refused(Commits log, String asked, String code, int last) {
        undo(last);
        return log.of(stream, order.refused(asked, code, log.now()));
    }

    private Commit cancelled(Commits log, int last) {
        undo(last);
        cancelled = true;
        return log.of(stream, order.cancelRequested(log.now()));
    }

    /** From here on it goes back; the first step leaves nothing to take back. */
    private void undo(int last) {
        phase = Phase.UNDOING;
        step = last;
    }

    private Commit undoing(Commits log, Random random) {
        if (step <= 0) {
            phase = Phase.OVER;
            return log.sleeping(
                    stream,
                    cancelled
                            ? order.cancelled(log.now())
                            : order.rejected("REVIEW", "TIMED_OUT", log.now()));
        }
        String undone = BEFORE_REVIEW.get(step);
        if (random.nextInt(4) == 0) {
            return log.of(stream, order.failed(undone, true, 1, log.now()));
        }
        step--;
        return log.waking(timer(random), stream, order.undone(undone, log.now()));
    }
}
