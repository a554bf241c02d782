package io.waybill.database.projection;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import io.waybill.proto.eventstore.v1.Commit;

import java.util.List;

/**
 * A read model: how its rows follow from the log. Depends on nothing but the commits and the rows
 * it is given, so that rows are the same whenever and however often they are made.
 *
 * @param <V> the message that a row is
 */
public interface Projection<V extends Message> {

    /** What it is called where people and queries name it. */
    String name();

    /**
     * The table of its rows: another one whenever rows or indexes change their meaning, so that
     * they are made anew from the log.
     */
    default String table() {
        return name();
    }

    /** Reads a row. */
    Parser<V> parser();

    /** What its rows are listed under. A row is read by its key without any. */
    List<Index<V>> indexes();

    /**
     * Changes the rows as a commit says.
     *
     * @throws UnknownEventException when it holds an event that this projection should know and
     *     does not
     */
    void apply(Commit commit, Rows<V> rows) throws UnknownEventException;
}
