package io.waybill.database.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.Parser;

import io.waybill.catalogue.Ids;
import io.waybill.database.engine.Foreclosure;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Projection;
import io.waybill.database.projection.Rows;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;

/**
 * Decided commands, and those that were undone before they came, by principal and id together:
 * nobody can find another's by its id alone. Holds what became of a command, not what was in it.
 *
 * <p>A command that was to make something and came to nothing is found by the id of what it was to
 * make, too: who was told that id and finds nothing there learns why.
 */
public final class CommandProjection implements Projection<CommandView> {

    public static final String TABLE = "command-2";

    private static final String NAME = "command";

    private static final ByteString SEPARATOR = ByteString.copyFrom(new byte[1]);
    private static final String WITHOUT_AGGREGATE = "command/";

    /** The key of a command's row. */
    public static ByteString key(CommandIdentity command) {
        return key(command, command.getCommandIdBytes());
    }

    private static ByteString key(CommandIdentity command, ByteString id) {
        return command.getPrincipalBytes().concat(SEPARATOR).concat(id);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Parser<CommandView> parser() {
        return CommandView.parser();
    }

    @Override
    public List<Index<CommandView>> indexes() {
        return List.of();
    }

    @Override
    public void apply(Commit commit, Rows<CommandView> rows) {
        insert(commit, rows);
        if (commit.hasForeclosed()) {
            insert(Foreclosure.of(commit), rows);
        }
    }

    private static void insert(Commit commit, Rows<CommandView> rows) {
        CommandView.Builder command =
                CommandView.newBuilder()
                        .setPrincipal(commit.getCommand().getPrincipal())
                        .setCommandId(commit.getCommand().getCommandId())
                        .setOutcome(commit.getOutcome())
                        .setStream(commit.getStream())
                        .setAggregateId(aggregateId(commit.getStream()))
                        .setVersion(commit.getVersion())
                        .setPosition(commit.getPosition())
                        .setFingerprint(commit.getFingerprint())
                        .setPartition(commit.getPartition());
        if (commit.hasMetadata()) {
            command.setMetadata(commit.getMetadata());
        }
        if (commit.hasDecidedAt()) {
            command.setDecidedAt(commit.getDecidedAt());
        }
        CommandView row = command.build();
        rows.insert(key(commit.getCommand()), row);
        if (isToHaveMadeWhatIsNot(row)) {
            rows.insert(key(commit.getCommand(), row.getAggregateIdBytes()), row);
        }
    }

    private static boolean isToHaveMadeWhatIsNot(CommandView row) {
        if (row.getVersion() > 0
                || row.getOutcome().getKind() == OutcomeKind.OUTCOME_KIND_APPLIED) {
            return false;
        }
        String aggregate = row.getStream().substring(0, row.getStream().indexOf('/'));
        return row.getAggregateId()
                .equals(Ids.aggregateId(aggregate, row.getPrincipal(), row.getCommandId()));
    }

    /** Empty for a command that named no aggregate. */
    private static String aggregateId(String stream) {
        return stream.startsWith(WITHOUT_AGGREGATE)
                ? ""
                : stream.substring(stream.indexOf('/') + 1);
    }
}
