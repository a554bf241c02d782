package io.waybill.database.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.database.account.AccountProjection;
import io.waybill.database.account.MovementProjection;
import io.waybill.database.contact.ContactProjection;
import io.waybill.database.deadletter.DeadLetterProjection;
import io.waybill.database.engine.Direction;
import io.waybill.database.engine.KeyRange;
import io.waybill.database.engine.Listed;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.engine.ScanLimit;
import io.waybill.database.engine.StorageEngine;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.database.engine.rocks.RocksEngine;
import io.waybill.database.order.OrderProjection;
import io.waybill.database.restaurant.RestaurantProjection;
import io.waybill.database.shopping.ShoppingListProjection;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** However a history is cut into batches, and on whichever engine: the rows are the same. */
class FreshFoldTest {

    private static final int COMMITS = 1_500;

    static Stream<Projection<?>> projections() {
        return Stream.of(
                new ContactProjection(),
                new OrderProjection(),
                new AccountProjection(),
                new MovementProjection(),
                new RestaurantProjection(),
                new ShoppingListProjection(),
                new DeadLetterProjection());
    }

    private static <V extends Message> void apply(
            List<Commit> batch, ReadStore store, Projection<V> projection)
            throws UnknownEventException {
        Rows<V> rows = Rows.on(store, projection);
        for (Commit commit : batch) {
            projection.apply(commit, rows);
        }
        store.apply(projection.table(), rows.changes(), batch.getLast().getPosition());
    }

    private static List<Listed> listed(
            ReadStore store, Projection<?> projection, Index<?> index, Direction direction) {
        return store.scan(
                projection.table(),
                index.stored(),
                KeyRange.ALL,
                direction,
                ScanLimit.of(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void rows_and_lists_that_grew_batch_by_batch_equal_a_fresh_fold(long seed, @TempDir Path folder)
            throws Exception {
        AnyHistory any = new AnyHistory(seed);
        List<Commit> history = any.next(COMMITS);
        List<List<Commit>> batches = cut(history, new Random(seed));
        try (StorageEngine memory = new MemoryEngine("store", "incarnation");
                StorageEngine rocks = RocksEngine.open(folder);
                StorageEngine fresh = new MemoryEngine("fresh", "incarnation")) {
            for (Projection<?> projection : projections().toList()) {
                for (List<Commit> batch : batches) {
                    apply(batch, memory.rows(), projection);
                    apply(batch, rocks.rows(), projection);
                }
                apply(history, fresh.rows(), projection);
                for (StorageEngine grown : List.of(memory, rocks)) {
                    assertSame(projection, any.keys(), fresh.rows(), grown.rows());
                }
            }
        }
    }

    private static List<List<Commit>> cut(List<Commit> history, Random random) {
        List<List<Commit>> batches = new ArrayList<>();
        int from = 0;
        while (from < history.size()) {
            int to = Math.min(history.size(), from + 1 + random.nextInt(20));
            batches.add(history.subList(from, to));
            from = to;
        }
        return batches;
    }

    private static void assertSame(
            Projection<?> projection, List<ByteString> keys, ReadStore fresh, ReadStore grown) {
        int there = 0;
        for (ByteString key : keys) {
            assertThat(grown.get(projection.table(), key))
                    .as("%s %s", projection.name(), key.toStringUtf8())
                    .isEqualTo(fresh.get(projection.table(), key));
            there += fresh.get(projection.table(), key).isPresent() ? 1 : 0;
        }
        assertThat(there).as("rows of %s", projection.name()).isGreaterThan(5);
        for (Index<?> index : projection.indexes()) {
            List<Listed> expected = listed(fresh, projection, index, Direction.FORWARD);
            assertThat(listed(grown, projection, index, Direction.FORWARD))
                    .as("%s by %s", projection.name(), index.name())
                    .isEqualTo(expected);
            assertThat(listed(grown, projection, index, Direction.BACKWARD))
                    .isEqualTo(expected.reversed());
            assertThat(expected).as("rows by %s", index.name()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("projections")
    void an_event_that_is_not_known_cannot_be_passed_over(Projection<?> projection) {
        if (!(projection instanceof AggregateProjection<?> aggregates)) {
            return;
        }
        Commit unknown =
                Commit.newBuilder()
                        .setPosition(1)
                        .setStream(aggregates.aggregate() + "/x")
                        .setVersion(2)
                        .addEvents(RecordedEvent.newBuilder().setType("waybill.x.v9.Happened"))
                        .build();
        assertThatThrownBy(
                        () ->
                                apply(
                                        List.of(unknown),
                                        new MemoryEngine("store", "incarnation").rows(),
                                        aggregates))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("at position 1");
    }
}
