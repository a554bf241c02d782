package io.waybill.database.engine;

import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param results one for each proposed commit, in the same order
 * @param written the commits that are new in the log, whole, in order of position
 */
public record Appended(List<AppendResult> results, List<Commit> written) {}
