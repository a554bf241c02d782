package io.waybill.writer.saga;

/**
 * A message to a participant.
 *
 * @param outstanding what it is sent for; its identity follows from that, so that sending it again
 *     is the same command
 */
public record Request(Outstanding outstanding, Ask ask) {

    /**
     * The message that is sent for what is outstanding.
     *
     * @throws IllegalStateException when the step asks nobody
     */
    public static Request of(Outstanding outstanding, Terms order) {
        Step step = outstanding.step();
        return new Request(
                outstanding,
                (outstanding.undo() ? step.undo(order) : step.ask(order))
                        .orElseThrow(() -> new IllegalStateException(step + " asks nobody")));
    }
}
