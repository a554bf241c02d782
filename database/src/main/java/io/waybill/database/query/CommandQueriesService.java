package io.waybill.database.query;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.waybill.database.projection.Progress;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.GetCommandRequest;
import io.waybill.proto.query.v1.GetCommandResponse;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Outcomes of commands over gRPC. */
final class CommandQueriesService extends CommandQueriesGrpc.CommandQueriesImplBase {

    private final Progress commands;
    private final FreshReads fresh;

    CommandQueriesService(Progress commands, FreshReads fresh) {
        this.commands = commands;
        this.fresh = fresh;
    }

    @Override
    public void getCommand(GetCommandRequest request, StreamObserver<GetCommandResponse> observer) {
        ByteString key = FreshReads.key("command", request.getCommand());
        Wait forFreshness = FreshReads.wait(request.getFreshness());
        Wait forOutcome = Wait.of("max_wait_millis", request.getMaxWaitMillis());
        CompletableFuture<Optional<CommandView>> outcome =
                fresh.then(
                        fresh.when(request.getFreshness(), forFreshness, commands),
                        done -> fresh.outcome(key, forOutcome));
        Answer.with(
                observer,
                () -> {
                    forFreshness.abandon();
                    forOutcome.abandon();
                },
                outcome.thenApply(CommandQueriesService::response));
    }

    private static GetCommandResponse response(Optional<CommandView> command) {
        GetCommandResponse.Builder response = GetCommandResponse.newBuilder();
        command.ifPresent(response::setCommand);
        return response.build();
    }
}
