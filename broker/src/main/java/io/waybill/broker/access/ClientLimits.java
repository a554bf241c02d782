package io.waybill.broker.access;

/** What sessions may take up: much for roles, little for clients. */
final class ClientLimits {

    /** Messages that wait for a role. */
    static final long ROLE_QUEUE = 1_000_000;

    /** Messages that wait for a client. */
    static final long CLIENT_QUEUE = 1_000;

    /** Unacknowledged messages that a client is sent. */
    static final int CLIENT_RECEIVE_MAXIMUM = 100;

    /** How long a client's session is kept without a connection. */
    static final long CLIENT_SESSION_SECONDS = 24 * 60 * 60;

    /** The largest payload that clients may send each other. */
    static final int FREE_PAYLOAD_BYTES = 64 * 1024;

    /** The longest client id, and the longest user name. */
    static final int NAME_CHARACTERS = 256;

    /** The longest correlation data that an answer can bring back. */
    static final int CORRELATION_BYTES = 16 * 1024;

    /** What is kept of a payload that cannot be decoded. */
    static final int UNDECODABLE_BYTES = 1024;

    /** What is kept of a content type: more than the longest that means anything here. */
    static final int CONTENT_TYPE_CHARACTERS = 200;

    private ClientLimits() {}
}
