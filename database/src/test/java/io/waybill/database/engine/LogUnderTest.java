package io.waybill.database.engine;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.ProposedCommit;

import java.util.List;
import java.util.stream.Stream;

/** A log that is held to what every engine's must do. */
interface LogUnderTest {

    EventLog log();

    /** Closes the engine and opens it again. */
    void reopen();

    default List<AppendResult> append(ProposedCommit.Builder... proposed) {
        return log().append(Stream.of(proposed).map(ProposedCommit.Builder::build).toList())
                .results();
    }
}
