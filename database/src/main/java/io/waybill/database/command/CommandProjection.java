package io.waybill.database.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.Parser;

import io.waybill.database.engine.Foreclosure;
import io.waybill.database.projection.Index;
import io.waybill.database.projection.Projection;
import io.waybill.database.projection.Rows;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;

/**
 * Decided commands, and those that were undone before they came, by principal and id together:
 * nobody can find another's by its id alone. Holds what became of a command, not what was in it.
 */
public final class CommandProjection implements Projection<CommandView> {

    public static final String TABLE = "command";

    private static final ByteString SEPARATOR = ByteString.copyFrom(new byte[1]);
    private static final String WITHOUT_AGGREGATE = "command/";

    /** The key of a command's row. */
    public static ByteString key(CommandIdentity command) {
        return command.getPrincipalBytes().concat(SEPARATOR).concat(command.getCommandIdBytes());
    }

    @Override
    public String name() {
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
        rows.insert(key(commit.getCommand()), command.build());
    }

    /** Empty for a command that named no aggregate. */
    private static String aggregateId(String stream) {
        return stream.startsWith(WITHOUT_AGGREGATE)
                ? ""
                : stream.substring(stream.indexOf('/') + 1);
    }
}
