package io.waybill.reader.command;

import io.grpc.stub.StreamObserver;
import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.reader.v1.CommandReaderGrpc.CommandReaderImplBase;
import io.waybill.proto.reader.v1.GetCommandRequest;
import io.waybill.proto.reader.v1.GetCommandResponse;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.Range;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Reply;
import io.waybill.reader.query.Shown;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Caller;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * {@code waybill.reader.v1.CommandReader}. A command is looked up under the caller's principal, so
 * that another principal's does not exist for it. Holds no thread while a call waits.
 */
public final class CommandReaderService extends CommandReaderImplBase {

    private static final Range MAX_WAIT = new Range("max_wait_millis", 0, 30_000);

    private final Database database;

    /** Answers from a database. */
    public CommandReaderService(Database database) {
        this.database = database;
    }

    @Override
    public void getCommand(GetCommandRequest request, StreamObserver<GetCommandResponse> call) {
        Reply.with(call, () -> get(request));
    }

    private CompletableFuture<GetCommandResponse> get(GetCommandRequest request) {
        int wait = MAX_WAIT.check(Integer.toUnsignedLong(request.getMaxWaitMillis()));
        String id =
                Ids.uuid(request.getCommandId())
                        .orElseThrow(() -> notFound(request.getCommandId()));
        ReadTerms terms =
                (request.getLogEnd() ? ReadTerms.logEnd() : ReadTerms.asItStands())
                        .longerBy(Duration.ofMillis(wait));
        return database.ask(CommandQueriesGrpc.getGetCommandMethod(), query(id, wait, terms), terms)
                .thenApply(
                        found -> {
                            if (!found.hasCommand()) {
                                throw notFound(request.getCommandId());
                            }
                            return GetCommandResponse.newBuilder()
                                    .setCommand(found.getCommand())
                                    .build();
                        });
    }

    private static io.waybill.proto.query.v1.GetCommandRequest query(
            String id, int wait, ReadTerms terms) {
        io.waybill.proto.query.v1.GetCommandRequest.Builder query =
                io.waybill.proto.query.v1.GetCommandRequest.newBuilder()
                        .setCommand(
                                CommandIdentity.newBuilder()
                                        .setPrincipal(Caller.current().principal().name())
                                        .setCommandId(id))
                        .setMaxWaitMillis(wait);
        terms.freshness().ifPresent(query::setFreshness);
        return query.build();
    }

    private static WaybillException notFound(String id) {
        return new WaybillException(
                ErrorCode.NOT_FOUND,
                "command with id %s not found: it has no outcome yet, or is unknown"
                        .formatted(Shown.id(id)));
    }
}
