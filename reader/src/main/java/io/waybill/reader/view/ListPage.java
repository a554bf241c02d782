package io.waybill.reader.view;

import com.google.protobuf.ByteString;

import io.waybill.proto.reader.v1.PageInfo;
import io.waybill.reader.cursor.Cursors;

import java.util.List;

/**
 * A page of a list. Its cursors are made as they are asked for.
 *
 * @param nodes what it shows, in the order of the list
 * @param places where each of them stands in the list
 */
public record ListPage<V>(
        List<V> nodes,
        List<ByteString> places,
        Cursors cursors,
        boolean hasNext,
        boolean hasPrevious) {

    public int size() {
        return nodes.size();
    }

    public V node(int i) {
        return nodes.get(i);
    }

    public String cursor(int i) {
        return cursors.at(places.get(i));
    }

    public PageInfo info() {
        return PageInfo.newBuilder()
                .setHasNextPage(hasNext)
                .setHasPreviousPage(hasPrevious)
                .build();
    }
}
