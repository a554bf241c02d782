package io.waybill.writer.poison;

/**
 * Remembers which command is being handled, across a crash. One thread at a time.
 *
 * <p>Keys tell commands apart; any text does.
 */
public interface CommandNotes extends AutoCloseable {

    /** Notes the command that is about to be decoded or decided. */
    void note(String key);

    /**
     * Strikes out what was noted last: that step is done, and nobody died of it. A command that was
     * found noted at an unclean stop stays suspected: its next step may be the deadly one.
     */
    void strike();

    /** Suspects a command no more: it was decided, and nobody died of it. */
    void acquit(String key);

    /** Whether a command was being handled at three unclean stops in a row. */
    boolean condemned(String key);

    /** Says that the writer stopped cleanly. */
    @Override
    void close();

    /** Remembers nothing. */
    static CommandNotes none() {
        return new CommandNotes() {
            @Override
            public void note(String key) {}

            @Override
            public void strike() {}

            @Override
            public void acquit(String key) {}

            @Override
            public boolean condemned(String key) {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
