package io.waybill.database.projection;

import static io.waybill.database.order.OrderEvents.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.rocks.RocksEngine;
import io.waybill.database.order.OrderProjection;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a search passes on its way to a page of orders, counted by the engine: the same at fifty
 * times as many orders, whatever they are looked for by.
 */
class SearchWorkTest {

    private static final int FEW = 1_000;
    private static final int MANY = 50_000;
    private static final int PAGE = 20;
    private static final double MOST_MORE = 1.3;

    private static final OrderProjection ORDERS = new OrderProjection();

    /** Orders that all went well, but for the last hundred, of which some wait for a person. */
    private static void fill(ReadStore store, int orders) {
        for (int from = 0; from < orders; from += 1_000) {
            Rows<OrderView> created = Rows.on(store, ORDERS);
            for (int i = from; i < from + 1_000; i++) {
                created.insert(key(i), order(i));
            }
            store.apply(ORDERS.table(), created.changes(), from + 1);
            Rows<OrderView> ended = Rows.on(store, ORDERS);
            for (int i = from; i < from + 1_000; i++) {
                ended.put(key(i), i < orders - 100 ? approved(i) : waiting(i));
            }
            store.apply(ORDERS.table(), ended.changes(), from + 2);
        }
    }

    private static ByteString key(int i) {
        return ByteString.copyFromUtf8("order " + i);
    }

    private static OrderView order(int i) {
        OrderView.Builder order =
                OrderView.newBuilder()
                        .setId("order " + i)
                        .setCustomerId("customer " + i % 25)
                        .setRestaurantId("restaurant " + i % 10)
                        .addItems(Item.newBuilder().setCode("product " + i % 20))
                        .setTotal(money("EUR", i * 7 % 1_000))
                        .setStatus(OrderStatus.ORDER_STATUS_PENDING)
                        .setCreated(Timestamps.fromSeconds(i))
                        .setCreatedPosition(i);
        order.getSagaBuilder()
                .setPhase(SagaPhase.SAGA_PHASE_RUNNING)
                .setDeadline(Timestamps.fromSeconds(i));
        return order.build();
    }

    private static OrderView approved(int i) {
        OrderView.Builder order = order(i).toBuilder().setStatus(OrderStatus.ORDER_STATUS_APPROVED);
        order.getSagaBuilder().setPhase(SagaPhase.SAGA_PHASE_ENDED).clearDeadline();
        return order.build();
    }

    private static OrderView waiting(int i) {
        OrderView.Builder order = order(i).toBuilder();
        order.getSagaBuilder().setPhase(SagaPhase.SAGA_PHASE_REVIEW_OPEN);
        return order.build();
    }

    /** The part of an index that a search reads: what stands before the order is given. */
    private static KeyRange range(Index<OrderView> index) {
        OrderView wanted = index.name().contains("review") ? waiting(990) : approved(500);
        int ordering = index.name().endsWith("total") ? 3 : 2;
        ByteString prefix = ByteString.EMPTY;
        for (Part<OrderView> part : index.parts().subList(0, index.parts().size() - ordering)) {
            prefix = prefix.concat(part.values().apply(wanted).getFirst());
        }
        return KeyRange.withPrefix(prefix);
    }

    /** How many entries a page of each end of a list, and the page beyond that, pass. */
    private static long work(ReadStore store, Index<OrderView> index, PerfContext counted) {
        counted.reset();
        for (Direction direction : Direction.values()) {
            List<Listed> page = page(store, index, range(index), direction);
            assertThat(page).as(index.name()).hasSizeGreaterThanOrEqualTo(10);
            page(store, index, range(index).beyond(page.getLast().key(), direction), direction);
        }
        return counted.getInternalKeySkippedCount()
                + counted.getInternalDeleteSkippedCount()
                + counted.getInternalRecentSkippedCount();
    }

    private static List<Listed> page(
            ReadStore store, Index<OrderView> index, KeyRange range, Direction direction) {
        return store.scan(ORDERS.table(), index.stored(), range, direction, ScanLimit.of(PAGE + 1));
    }

    @Test
    void a_page_of_any_search_passes_no_more_at_fifty_thousand_orders_than_at_a_thousand(
            @TempDir Path folder) throws RocksDBException {
        try (RocksEngine few = RocksEngine.open(folder.resolve("few"));
                RocksEngine many = RocksEngine.open(folder.resolve("many"));
                RocksDB counting = RocksDB.open(folder.resolve("counting").toString())) {
            fill(few.rows(), FEW);
            fill(many.rows(), MANY);
            counting.setPerfLevel(PerfLevel.ENABLE_COUNT);
            PerfContext counted = counting.getPerfContext();
            for (Index<OrderView> index : ORDERS.indexes()) {
                await().pollInSameThread()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(
                                () ->
                                        assertThat(work(many.rows(), index, counted))
                                                .as("entries passed by %s", index.name())
                                                .isLessThanOrEqualTo(
                                                        (long)
                                                                (MOST_MORE
                                                                        * work(
                                                                                few.rows(),
                                                                                index,
                                                                                counted))));
            }
            counting.setPerfLevel(PerfLevel.DISABLE);
        }
    }
}
