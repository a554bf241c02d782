package io.waybill.database.engine.rocks;

import io.waybill.wire.failure.Reason;
import io.waybill.wire.files.PrivateFiles;

import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * RocksDB's native code, unpacked into a folder that is known. Left to itself RocksDB unpacks it
 * (17 MB) into the folder for temporary files at every start, and a process that is killed leaves
 * it there.
 */
public final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    /**
     * How the file is called in RocksDB's jar, and how RocksDB calls it in a folder it is given.
     */
    private static final String IN_THE_JAR = Environment.getJniLibraryFileName("rocksdb");

    private static final String IN_A_FOLDER = Environment.getJniLibraryFileName("rocksdbjni");

    private NativeLibrary() {}

    /**
     * Loads it for this whole process, from a folder where it is unpacked when it is not there yet
     * or is of another version. To be called before anybody uses RocksDB; what is loaded already
     * stays. When the folder cannot serve, that is logged, and RocksDB goes its own way.
     *
     * @param folder which no other process writes to
     */
    public static void loadFrom(Path folder) {
        URL packed = RocksDB.class.getClassLoader().getResource(IN_THE_JAR);
        if (packed == null) {
            LOG.debug("RocksDB's jar holds no {}", IN_THE_JAR);
            return;
        }
        Path file = folder.resolve(IN_A_FOLDER);
        try {
            PrivateFiles.makeFolder(folder);
            unpack(packed, file);
            RocksDB.loadLibrary(List.of(folder.toAbsolutePath().toString()));
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.warn(
                    "RocksDB's library cannot be used from {}, and is unpacked among the temporary files instead: {}",
                    file,
                    Reason.of(e));
        }
    }

    /** Leaves a file alone that is what was packed. */
    private static void unpack(URL packed, Path file) throws IOException {
        URLConnection connection = packed.openConnection();
        connection.setUseCaches(false);
        try (InputStream content = connection.getInputStream()) {
            if (connection instanceof JarURLConnection jar
                    && Files.exists(file)
                    && Files.size(file) == jar.getJarEntry().getSize()
                    && checksum(file) == jar.getJarEntry().getCrc()) {
                return;
            }
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static long checksum(Path file) throws IOException {
        try (CheckedInputStream content =
                new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            byte[] buffer = new byte[1 << 16];
            while (content.read(buffer) >= 0) {
                // Only the sum counts.
            }
            return content.getChecksum().getValue();
        }
    }
}
