package io.waybill.gateway.graphql.execution;

/** What came in is no GraphQL request; the message says why, for a person. */
public final class MalformedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Refuses for a reason. */
    public MalformedRequestException(String sentence) {
        super(sentence);
    }

    /** Why, for a person. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
