package io.waybill.writer;

import io.waybill.writer.intake.PendingCommand;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands of one stream that are decided one after the other and appended together, and those
 * behind them that are to begin again.
 *
 * @param commands at least one
 */
record Group(String stream, List<PendingCommand> commands, List<PendingCommand> rest) {

    /**
     * As many of a lane's group as can go together. What undoes another command is decided alone:
     * what it undoes is looked up before.
     */
    static Group of(String stream, List<PendingCommand> group) {
        int count = 1;
        while (count < group.size()
                && group.getFirst().undoes().isEmpty()
                && group.get(count).undoes().isEmpty()) {
            count++;
        }
        return split(stream, group, count);
    }

    /** The first of them without those behind it. */
    Group alone() {
        return split(stream, all(), 1);
    }

    /** All, in order. */
    List<PendingCommand> all() {
        List<PendingCommand> all = new ArrayList<>(commands);
        all.addAll(rest);
        return all;
    }

    /** All but so many of the first. */
    List<PendingCommand> after(int count) {
        List<PendingCommand> all = all();
        return List.copyOf(all.subList(count, all.size()));
    }

    private static Group split(String stream, List<PendingCommand> all, int count) {
        return new Group(
                stream,
                List.copyOf(all.subList(0, count)),
                List.copyOf(all.subList(count, all.size())));
    }
}
