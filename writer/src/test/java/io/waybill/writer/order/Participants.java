package io.waybill.writer.order;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.Step;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * All participants of one saga in small: each command has one outcome for ever, an undo of what was
 * not done forbids it, and what has an effect now is known.
 */
final class Participants {

    private record Errand(Step step, boolean undo, int attempt) {}

    private final Map<Errand, Answer> recorded = new HashMap<>();
    private final Set<Step> effects = EnumSet.noneOf(Step.class);
    private final Random random;

    Participants(Random random) {
        this.random = random;
    }

    /** The one answer to a request, however often it comes. */
    Answer hear(Request request, boolean inGoodMood) {
        Outstanding what = request.outstanding();
        Errand errand = new Errand(what.step(), what.undo(), what.attempt());
        Answer known = recorded.get(errand);
        if (known != null) {
            return known;
        }
        Answer answer = inGoodMood ? new Answer.Done(false) : moody(what);
        recorded.put(errand, answer);
        if (answer instanceof Answer.Done) {
            if (what.undo()) {
                effects.remove(what.step());
                recorded.putIfAbsent(
                        new Errand(what.step(), false, Outstanding.FIRST_ATTEMPT),
                        new Answer.NotDone(RefusalCode.UNDONE, "undone before it came", ""));
            } else {
                effects.add(what.step());
            }
        }
        return answer;
    }

    /** How many attempts at an errand came to nothing; the next one has the number after it. */
    int failed(Step step, boolean undo) {
        int attempt = 0;
        while (recorded.get(new Errand(step, undo, attempt + 1)) instanceof Answer.NotDone) {
            attempt++;
        }
        return attempt;
    }

    /** What has been done and not been taken back. */
    Set<Step> effects() {
        return Set.copyOf(effects);
    }

    private Answer moody(Outstanding what) {
        return switch (random.nextInt(12)) {
            case 0 -> new Answer.NotDone(RefusalCode.STEP_FAILED, "a dead letter", "");
            case 1 ->
                    what.undo()
                            ? new Answer.Done(false)
                            : new Answer.NotDone(RefusalCode.OUT_OF_STOCK, "no", "");
            default -> new Answer.Done(what.step() == Step.REVIEW && random.nextBoolean());
        };
    }
}
