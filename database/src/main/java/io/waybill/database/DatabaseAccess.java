package io.waybill.database;

import io.grpc.health.v1.HealthGrpc;
import io.waybill.proto.eventstore.v1.EventStoreGrpc;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.wire.grpc.Access;
import io.waybill.wire.identity.Role;

import java.util.Set;

/**
 * Who may call what: writes for the writer alone, queries for the reader alone, health for anyone.
 */
final class DatabaseAccess {

    private DatabaseAccess() {}

    static Access table() {
        return Access.builder()
                .only(
                        Set.of(Role.WRITER),
                        EventStoreGrpc.getAppendMethod(),
                        EventStoreGrpc.getReadStreamMethod(),
                        EventStoreGrpc.getFindCommandsMethod(),
                        EventStoreGrpc.getDueTimersMethod(),
                        EventStoreGrpc.getSaveSnapshotMethod(),
                        EventStoreGrpc.getGetStoreMethod(),
                        EventFeedGrpc.getSubscribeMethod(),
                        EventFeedGrpc.getGetCheckpointMethod(),
                        EventFeedGrpc.getSaveCheckpointMethod())
                .only(
                        Set.of(Role.READER),
                        ViewQueriesGrpc.getGetViewsMethod(),
                        ViewQueriesGrpc.getListViewsMethod(),
                        ViewQueriesGrpc.getGetViewAtMethod(),
                        ViewQueriesGrpc.getGetHistoryMethod(),
                        CommandQueriesGrpc.getGetCommandMethod(),
                        StoreQueriesGrpc.getGetStoreMethod())
                .anyone(HealthGrpc.getCheckMethod(), HealthGrpc.getWatchMethod())
                .build();
    }
}
