package io.waybill.app.settings;

/** The program will not run, and says why in one sentence for a person. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Refusal(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** What was asked makes no sense. */
    public static Refusal wrongUsage(String sentence) {
        return new Refusal(2, sentence);
    }

    /** Something that is needed cannot be had: a port, a folder. */
    public static Refusal cannotRun(String sentence) {
        return new Refusal(1, sentence);
    }

    /** What to tell the user. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** 1 when something cannot be had, 2 when the usage is wrong. */
    public int exitCode() {
        return exitCode;
    }
}
