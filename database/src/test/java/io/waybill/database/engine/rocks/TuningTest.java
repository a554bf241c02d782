package io.waybill.database.engine.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TuningTest {

    private static final int ROWS = 200_000;
    private static final int READ = 200;

    @TempDir Path folder;

    private Tuning tuning;
    private RocksDB database;
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();

    @BeforeEach
    void open() throws RocksDBException {
        RocksDB.loadLibrary();
        tuning = new Tuning();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family family : Family.values()) {
            families.add(new ColumnFamilyDescriptor(family.storedName(), tuning.family(family)));
        }
        database = RocksDB.open(tuning.database(), folder.toString(), families, handles);
    }

    @AfterEach
    void close() {
        handles.forEach(ColumnFamilyHandle::close);
        handles.clear();
        database.close();
        tuning.close();
    }

    @Test
    void a_key_of_a_large_file_is_found_by_reading_a_few_small_blocks() throws RocksDBException {
        fill();
        close();
        open();
        database.setPerfLevel(PerfLevel.ENABLE_COUNT);

        Random random = new Random(7);
        long most = 0;
        for (int i = 0; i < READ; i++) {
            database.getPerfContext().reset();
            assertThat(database.get(rows(), Keys.number(random.nextInt(ROWS)))).isNotNull();
            most = Math.max(most, database.getPerfContext().getBlockReadByte());
        }

        assertThat(most).isPositive().isLessThan(32 << 10);
    }

    /** Many small rows in as few files as RocksDB makes of them. */
    private void fill() throws RocksDBException {
        Random random = new Random(3);
        try (WriteOptions options = new WriteOptions();
                WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < ROWS; i++) {
                byte[] row = new byte[100];
                random.nextBytes(row);
                batch.put(rows(), Keys.number(i), row);
                if (batch.count() == 1_000) {
                    database.write(options, batch);
                    batch.clear();
                }
            }
        }
        database.compactRange(rows());
    }

    private ColumnFamilyHandle rows() {
        return handles.get(Family.ROWS.ordinal());
    }
}
