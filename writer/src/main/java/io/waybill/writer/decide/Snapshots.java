package io.waybill.writer.decide;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * How the states of one kind of aggregate are kept, so that long streams need not be folded from
 * their beginning.
 *
 * @param <S> the aggregate's state
 */
public interface Snapshots<S> {

    /**
     * Names how a state is written and how it follows from events: another one when either changes,
     * so that what was kept before is passed over.
     */
    String schema();

    /** A state that has at least one event behind it. */
    ByteString write(S state);

    /**
     * The state that was written.
     *
     * @throws InvalidProtocolBufferException when it is none; it is passed over then
     */
    S read(ByteString snapshot) throws InvalidProtocolBufferException;
}
