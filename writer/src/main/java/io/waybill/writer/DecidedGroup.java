package io.waybill.writer;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.writer.append.AppendGroup;
import io.waybill.writer.decide.Decided;
import io.waybill.writer.decide.Folded;
import io.waybill.writer.intake.PendingCommand;

import java.util.List;

/**
 * A lane's group on its way to the log.
 *
 * @param commands those that were decided, in order
 * @param rest those of the lane's group that were not, yet
 * @param base the aggregate that the first was decided on
 * @param decided one for each command
 */
record DecidedGroup(
        CommandFlow flow,
        String stream,
        List<PendingCommand> commands,
        List<PendingCommand> rest,
        Folded<?> base,
        List<Decided> decided)
        implements AppendGroup {

    @Override
    public List<ProposedCommit> commits() {
        return decided.stream().map(Decided::commit).toList();
    }

    @Override
    public void appended(List<AppendResult> results, StoreInfo store) {
        Settlement settlement = Settlement.of(this, results);
        for (int i = 0; i < results.size(); i++) {
            if (!settlement.again().contains(commands.get(i))) {
                flow.answer(commands.get(i), decided.get(i), results.get(i), store);
            }
        }
        flow.settled(this, settlement);
    }

    @Override
    public void decideAgain() {
        flow.decideAgain(this);
    }
}
