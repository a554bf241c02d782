package io.waybill.reader.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import io.waybill.catalogue.Ids;
import io.waybill.proto.query.v1.GetViewsRequest;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.ListViewsResponse;
import io.waybill.proto.query.v1.Row;
import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.reader.cursor.Cursors;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.reader.query.Shown;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The views of one read model, as clients may read them. What is no id is the id of nothing. Safe
 * for use by many threads; futures complete as {@link Database} says.
 *
 * @param view the read model's name
 * @param notFound the sentence for an id that is the id of nothing, with a place for the id
 */
public record Views<V extends Message>(
        Database database, String view, Parser<V> parser, String notFound) {

    private static final List<String> NOBODY = List.of("00000000-0000-0000-0000-000000000000");

    /** The view with an id; fails with NOT_FOUND when there is none. */
    public CompletableFuture<V> get(String id, ReadTerms terms) {
        return known(List.of(id), terms)
                .thenApply(found -> found.stream().findFirst().orElseThrow(() -> none(id)));
    }

    /**
     * The views that exist, in the order of their ids as given. Waits as the terms say even when
     * none of the ids is one.
     *
     * @param field that has the ids, for sentences
     */
    public CompletableFuture<List<V>> get(String field, List<String> ids, ReadTerms terms) {
        if (ids.isEmpty() || ids.size() > Portion.MOST) {
            throw WaybillException.badInput(
                    field,
                    "%s must name 1 to %d, but name %d".formatted(field, Portion.MOST, ids.size()));
        }
        return known(ids, terms);
    }

    private CompletableFuture<List<V>> known(List<String> ids, ReadTerms terms) {
        List<String> known = ids.stream().map(Ids::uuid).flatMap(Optional::stream).toList();
        if (known.isEmpty() && terms.freshness().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        // Who waits for a command hears of it, whatever else is asked.
        return keyed(known.isEmpty() ? NOBODY : known, terms);
    }

    /** The views that exist, in the order of their keys as given. */
    public CompletableFuture<List<V>> keyed(List<String> keys, ReadTerms terms) {
        GetViewsRequest.Builder query = GetViewsRequest.newBuilder().setView(view).addAllIds(keys);
        terms.freshness().ifPresent(query::setFreshness);
        return database.ask(ViewQueriesGrpc.getGetViewsMethod(), query.build(), terms)
                .thenApply(found -> found.getViewsList().stream().map(this::parsed).toList());
    }

    /**
     * A part of a list.
     *
     * @throws WaybillException BAD_USER_INPUT when the cursor is none of this list's
     */
    public CompletableFuture<ListPage<V>> list(Listing listing, Portion portion, ReadTerms terms) {
        Cursors cursors = listing.cursors(view);
        ByteString beyond =
                portion.cursor().isEmpty()
                        ? ByteString.EMPTY
                        : cursors.place(portion.field(), portion.cursor());
        ListViewsRequest.Builder query = listing.query(view, portion, beyond);
        terms.freshness().ifPresent(query::setFreshness);
        return database.ask(ViewQueriesGrpc.getListViewsMethod(), query.build(), terms)
                .thenApply(answer -> page(answer, portion, cursors));
    }

    private ListPage<V> page(ListViewsResponse answer, Portion portion, Cursors cursors) {
        List<Row> rows = portion.fromEnd() ? answer.getRowsList().reversed() : answer.getRowsList();
        List<V> nodes = new ArrayList<>(rows.size());
        List<ByteString> places = new ArrayList<>(rows.size());
        for (Row row : rows) {
            nodes.add(parsed(row.getView()));
            places.add(row.getKey());
        }
        return portion.fromEnd()
                ? new ListPage<>(nodes, places, cursors, answer.getBehind(), answer.getMore())
                : new ListPage<>(nodes, places, cursors, answer.getMore(), answer.getBehind());
    }

    /** A view as it is stored. */
    public V parsed(ByteString stored) {
        try {
            return parser.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(
                            ErrorCode.INTERNAL, "a view of %s cannot be read".formatted(view))
                    .causedBy(e);
        }
    }

    /** What a read of nothing fails with. */
    public WaybillException none(String id) {
        return new WaybillException(ErrorCode.NOT_FOUND, notFound.formatted(Shown.id(id)));
    }
}
