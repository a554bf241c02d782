package io.waybill.writer.answer;

/** Reads the aggregate's id out of a stream's name. */
final class AggregateIds {

    private AggregateIds() {}

    /** The id; empty for the stream of a command that names no aggregate. */
    static String of(String stream) {
        return stream.startsWith("command/") ? "" : stream.substring(stream.indexOf('/') + 1);
    }
}
