package io.waybill.app.demo;

import java.io.PrintWriter;

/**
 * Shows how far something is: as a bar that moves where a person looks on, as a line for each part
 * elsewhere. Used by one thread.
 */
final class Progress {

    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean moving;
    private final int steps;
    private int done;
    private String part = "";

    /**
     * Shows nothing yet.
     *
     * @param moving whether lines may be written over
     * @param steps how many there are
     */
    Progress(PrintWriter out, boolean moving, int steps) {
        this.out = out;
        this.moving = moving;
        this.steps = steps;
    }

    /** A part begins. */
    void part(String name) {
        part = name;
        if (moving) {
            draw();
        } else {
            out.println("%s ...".formatted(name));
            out.flush();
        }
    }

    /** A step is done. */
    void step() {
        done++;
        if (moving) {
            draw();
        }
    }

    /** All that is going to be done is. */
    void end() {
        if (moving) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private void draw() {
        int filled = steps == 0 ? WIDTH : WIDTH * Math.min(done, steps) / steps;
        out.print(
                "\r\033[K[%s%s] %d/%d %s"
                        .formatted(
                                "#".repeat(filled), ".".repeat(WIDTH - filled), done, steps, part));
        out.flush();
    }
}
