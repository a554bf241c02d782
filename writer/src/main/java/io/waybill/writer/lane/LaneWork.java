package io.waybill.writer.lane;

import io.waybill.writer.intake.PendingCommand;

import java.util.List;

/** Does what a lane's commands ask for; says {@link Lanes#done} when they are done. */
public interface LaneWork {

    /**
     * Begins with some commands of one stream.
     *
     * @param group at least one, in order
     */
    void begin(String stream, List<PendingCommand> group);
}
