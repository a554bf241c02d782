package io.waybill.writer;

import java.util.Optional;

/**
 * How the pipeline is.
 *
 * @param queueConnected whether commands can come in
 * @param storeReachable whether the store answered when last asked
 * @param stopped why it decides nothing more, if so
 * @param trouble why the log takes nothing now, if so
 * @param held how many commands it holds, from delivery to acknowledgement
 * @param appending how many of them are on their way to the log
 */
public record PipelineStatus(
        boolean queueConnected,
        boolean storeReachable,
        Optional<String> stopped,
        Optional<String> trouble,
        int held,
        int appending) {}
