package io.waybill.database.projection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import java.util.function.Function;

/**
 * A list of rows in a stated order.
 *
 * @param name of the index, within its table
 * @param key where in it a row stands, by unsigned bytes; no other row may stand at the same place
 */
public record Index<V extends Message>(String name, Function<V, ByteString> key) {}
