package io.waybill.gateway.outbox;

import io.waybill.catalogue.Ids;
import io.waybill.wire.files.PrivateFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A gateway's id: a UUID in a file of its folder, made once. */
final class GatewayId {

    private GatewayId() {}

    /** The id in the folder; a new one if there is none. */
    static String of(Path folder) {
        Path file = folder.resolve("gateway.id");
        try {
            PrivateFiles.makeFolder(folder);
            if (!Files.exists(file)) {
                write(file, Ids.newId(System.currentTimeMillis()));
            }
            String text = Files.readString(file).strip();
            return Ids.uuid(text)
                    .orElseThrow(
                            () -> new IllegalStateException("%s holds no UUID".formatted(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the gateway's folder %s cannot be used: %s".formatted(folder, e.getMessage()),
                    e);
        }
    }

    private static void write(Path file, String id) throws IOException {
        Path draft = file.resolveSibling("gateway.id.new");
        try (FileChannel channel =
                FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
