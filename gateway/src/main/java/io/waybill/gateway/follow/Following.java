package io.waybill.gateway.follow;

/** A command that is being followed. */
public interface Following extends AutoCloseable {

    /** Follows it no longer: no call begins after this returns. May be called more than once. */
    @Override
    void close();
}
