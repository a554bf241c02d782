package io.waybill.writer.store;

import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.failure.Reason;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Which store it is, in a small file that a person can read. The file appears whole or not at all.
 * Used by one thread.
 */
public final class StoreFile implements StoreMemory {

    private static final String STORE_ID = "store-id";
    private static final String PARTITIONS = "partitions";

    private final Path file;
    private Optional<StoreInfo> kept;

    private StoreFile(Path file, Optional<StoreInfo> kept) {
        this.file = file;
        this.kept = kept;
    }

    /**
     * Reads the file, when there is one. Its folder must be there when it is written.
     *
     * @throws UncheckedIOException when it cannot be read; the message names it
     * @throws IllegalStateException when it does not say which store it is; the message names it
     */
    public static StoreFile open(Path file) {
        try {
            return new StoreFile(
                    file,
                    Files.exists(file)
                            ? Optional.of(read(file, Files.readString(file)))
                            : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the file %s cannot be read: %s".formatted(file, Reason.of(e)), e);
        }
    }

    private static StoreInfo read(Path file, String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        String storeId = properties.getProperty(STORE_ID, "").strip();
        String partitions = properties.getProperty(PARTITIONS, "").strip();
        if (storeId.isEmpty() || !partitions.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalStateException(
                    "the file %s does not say which store this writer writes to".formatted(file));
        }
        return StoreInfo.newBuilder()
                .setStoreId(storeId)
                .setPartitions(Integer.parseInt(partitions))
                .build();
    }

    @Override
    public Optional<StoreInfo> remembered() {
        return kept;
    }

    @Override
    public void remember(StoreInfo store) {
        String text =
                "%s=%s\n%s=%d\n"
                        .formatted(STORE_ID, store.getStoreId(), PARTITIONS, store.getPartitions());
        try {
            write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the file %s cannot be written: %s".formatted(file, Reason.of(e)), e);
        }
        kept = Optional.of(store.toBuilder().clearIncarnation().build());
    }

    private void write(String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
