package io.waybill.database.engine;

import com.google.protobuf.ByteString;

/**
 * A row that an index lists.
 *
 * @param key where in the index
 */
public record Listed(ByteString key, ByteString row) {}
