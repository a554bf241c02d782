package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.role.RunningRole.Health;
import io.waybill.writer.store.StandInEventStore;
import io.waybill.writer.store.StoreFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class WriterRoleTest {

    @TempDir Path folder;

    @Test
    void the_store_of_the_first_start_is_kept_and_another_one_stops_the_writer() throws Exception {
        Path file = folder.resolve("writer").resolve("store");
        try (var database = new StandInEventStore(0)) {
            try (WriterRole writer = writer(database)) {
                writer.start();
                await().until(() -> Files.exists(file));
            }
            assertThat(StoreFile.open(file).remembered().orElseThrow().getStoreId())
                    .isEqualTo(StandInEventStore.STORE.getStoreId());

            StoreFile.open(file)
                    .remember(StoreInfo.newBuilder().setStoreId("mine").setPartitions(1).build());
            try (WriterRole writer = writer(database)) {
                writer.start();
                await().until(() -> writer.health().detail().startsWith("stopped"));
                Health health = writer.health();
                assertThat(health.up()).isFalse();
                assertThat(health.detail()).contains("store there").contains("store mine");
            }
            assertThat(database.appends).hasValue(0);
        }
    }

    private WriterRole writer(StandInEventStore database) {
        return new WriterRole(
                new WriterSettings(
                        folder.resolve("writer"), URI.create("mqtt://127.0.0.1:1"), Duration.ZERO),
                Credentials.open(folder.resolve("credentials")),
                database.channel());
    }
}
