package io.waybill.writer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.proto.eventstore.v1.StoreInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

class StoreFileTest {

    private static final StoreInfo STORE =
            StoreInfo.newBuilder()
                    .setStoreId("5f0c")
                    .setPartitions(1)
                    .setIncarnation("first")
                    .build();

    @TempDir Path folder;

    @Test
    void a_store_is_remembered_from_one_start_to_the_next_without_its_incarnation() {
        StoreFile memory = StoreFile.open(folder.resolve("store"));
        assertThat(memory.remembered()).isEmpty();
        memory.remember(STORE);

        StoreInfo expected = STORE.toBuilder().clearIncarnation().build();
        assertThat(memory.remembered()).contains(expected);
        assertThat(StoreFile.open(folder.resolve("store")).remembered()).contains(expected);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_file_that_names_no_store_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("store"), "partitions=1");
        assertThatThrownBy(() -> StoreFile.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
        Files.writeString(file, "store-id=5f0c");
        assertThatThrownBy(() -> StoreFile.open(file)).hasMessageContaining(file.toString());
    }

    @Test
    void what_cannot_be_written_is_not_remembered() {
        Path file = folder.resolve("missing").resolve("store");
        StoreFile memory = StoreFile.open(file);
        assertThatThrownBy(() -> memory.remember(STORE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
        assertThat(memory.remembered()).isEmpty();
    }
}
