package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.waybill.gateway.outbox.OutboxStore.Contents;
import io.waybill.gateway.outbox.OutboxStore.Stored;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The store on a real disk keeps what it says it keeps. */
class RocksOutboxStoreTest {

    @TempDir private Path folder;

    @Test
    void what_was_put_is_read_in_the_order_of_the_sequences() {
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            assertThat(get(store.open()).entries()).isEmpty();
            get(store.put(List.of(stored(300), stored(2))));
            get(store.put(List.of(stored(70_000))));
            get(store.remove(List.of(2L)));
        }
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            assertThat(get(store.open()).entries()).containsExactly(stored(300), stored(70_000));
        }
    }

    @Test
    void the_store_that_the_commands_are_for_is_remembered() {
        StoreInfo info = StoreInfo.newBuilder().setStoreId("s").setPartitions(1).build();
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            assertThat(get(store.open()).store()).isEmpty();
            get(store.remember(info));
        }
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            Contents contents = get(store.open());
            assertThat(contents.store()).contains(info);
            assertThat(contents.entries()).isEmpty();
        }
    }

    @Test
    void what_waits_goes_into_one_synced_write() throws InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        RocksFolder.Writing slow =
                (rocks, options, batch) -> {
                    first.countDown();
                    await(go);
                    writes.incrementAndGet();
                    assertThat(options.sync()).isTrue();
                    rocks.write(options, batch);
                };
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0, slow)) {
            get(store.open());
            List<CompletableFuture<Void>> puts = new ArrayList<>();
            puts.add(store.put(List.of(stored(1))));
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 2; i <= 100; i++) {
                puts.add(store.put(List.of(stored(i))));
                puts.add(store.remove(List.of(1L)));
            }
            go.countDown();
            puts.forEach(RocksOutboxStoreTest::get);

            assertThat(writes).hasValue(2);
            assertThat(get(store.open()).entries()).hasSize(99);
        }
    }

    @Test
    void after_a_failed_sync_nothing_is_written_until_the_store_was_opened_and_read() {
        AtomicBoolean failing = new AtomicBoolean();
        RocksFolder.Writing writing =
                (rocks, options, batch) -> {
                    rocks.write(options, batch);
                    if (failing.get()) {
                        throw new RocksDBException("the sync failed");
                    }
                };
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0, writing)) {
            get(store.open());
            get(store.put(List.of(stored(1))));
            failing.set(true);
            assertThatThrownBy(() -> get(store.put(List.of(stored(2)))))
                    .hasMessageContaining("sync failed");
            failing.set(false);
            assertThatThrownBy(() -> get(store.put(List.of(stored(3)))))
                    .hasMessageContaining("not open");
            assertThatThrownBy(() -> get(store.remove(List.of(1L))))
                    .hasMessageContaining("not open");

            // It was written before the sync failed, so it is found.
            assertThat(get(store.open()).entries()).containsExactly(stored(1), stored(2));
            get(store.put(List.of(stored(4))));
            assertThat(get(store.open()).entries()).hasSize(3);
        }
    }

    @Test
    void a_nearly_full_disk_refuses_commands_and_lets_removals_through() {
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            get(store.open());
            get(store.put(List.of(stored(1), stored(2))));
            assertThat(store.warning()).isEmpty();
        }
        try (RocksOutboxStore store = new RocksOutboxStore(folder, Long.MAX_VALUE)) {
            get(store.open());
            assertThat(store.warning().orElseThrow()).contains(folder + " is full");
            CompletableFuture<Void> put = store.put(List.of(stored(3)));
            CompletableFuture<Void> removal = store.remove(List.of(1L));
            assertThatThrownBy(() -> get(put)).hasCauseInstanceOf(OutboxStore.NoRoom.class);
            get(removal);
            assertThat(get(store.open()).entries()).containsExactly(stored(2));
        }
    }

    @Test
    void a_folder_in_use_cannot_be_opened_and_is_named() {
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0);
                RocksOutboxStore second = new RocksOutboxStore(folder, 0)) {
            get(store.open());
            assertThatThrownBy(() -> get(second.open())).hasMessageContaining(folder.toString());
            get(store.put(List.of(stored(1))));
        }
    }

    @Test
    void closing_finishes_what_was_asked_for() {
        CompletableFuture<Void> put;
        try (RocksOutboxStore store = new RocksOutboxStore(folder, 0)) {
            get(store.open());
            put = store.put(List.of(stored(1)));
        }
        assertThat(put).isCompleted();
    }

    private static Stored stored(long sequence) {
        return new Stored(
                sequence,
                OutboxEntry.newBuilder()
                        .setStream("contact/" + sequence)
                        .setPayload(ByteString.copyFromUtf8("payload"))
                        .build());
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the store did not answer", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
