package io.waybill.gateway.graphql.sse;

import graphql.ExecutionResult;

import io.waybill.gateway.graphql.execution.Responses;

import java.nio.charset.StandardCharsets;

/** What is written to a stream, as the specification of Server-Sent Events has it, in UTF-8. */
final class StreamEvent {

    /** Says nothing, and shows that both sides are there. */
    static final byte[] COMMENT = ascii(":\n\n");

    /** The request is done. Without its empty data a browser would pass it over. */
    static final byte[] COMPLETE = ascii("event: complete\ndata: \n\n");

    private static final byte[] NEXT = ascii("event: next\ndata: ");
    private static final byte[] END = ascii("\n\n");

    private StreamEvent() {}

    /** A result. JSON escapes line ends, so that it is one line of data. */
    static byte[] next(ExecutionResult result) {
        byte[] json = Responses.write(result);
        byte[] event = new byte[NEXT.length + json.length + END.length];
        System.arraycopy(NEXT, 0, event, 0, NEXT.length);
        System.arraycopy(json, 0, event, NEXT.length, json.length);
        System.arraycopy(END, 0, event, NEXT.length + json.length, END.length);
        return event;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
