package io.waybill.database.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.RowChange.Delete;
import io.waybill.database.engine.RowChange.IndexEntry;
import io.waybill.database.engine.RowChange.Put;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

/** What every engine's read models must do. */
public abstract class ReadStoreConformance {

    private StorageEngine engine;

    /** A new, empty store. */
    protected abstract StorageEngine create();

    /** The same store after the engine has been closed and opened again, if it outlives that. */
    protected abstract StorageEngine reopen(StorageEngine engine);

    @BeforeEach
    void create_a_store() {
        engine = create();
    }

    @AfterEach
    void close_the_store() {
        engine.close();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static IndexEntry byName(String name) {
        return new IndexEntry("name", bytes(name));
    }

    private static Put put(String key, String row, IndexEntry... listed) {
        return new Put(bytes(key), bytes(row), List.of(listed), List.of());
    }

    private List<String> listed(String table, String index, KeyRange range, int limit) {
        return engine.rows().scan(table, index, range, limit).stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }

    private void fill(String... names) {
        engine.rows()
                .apply(
                        "t",
                        Stream.of(names)
                                .map(name -> (RowChange) put("key of " + name, name, byName(name)))
                                .toList(),
                        1);
    }

    @Test
    void an_empty_table_has_nothing() {
        assertThat(engine.rows().checkpoint("t")).isZero();
        assertThat(engine.rows().get("t", bytes("a"))).isEmpty();
        assertThat(listed("t", "name", KeyRange.ALL, 10)).isEmpty();
    }

    @Test
    void rows_are_put_replaced_and_deleted_together_with_the_checkpoint() {
        engine.rows().apply("t", List.of(put("a", "1"), put("b", "2")), 7);
        assertThat(engine.rows().get("t", bytes("a"))).contains(bytes("1"));
        assertThat(engine.rows().checkpoint("t")).isEqualTo(7);

        engine.rows().apply("t", List.of(put("a", "3"), new Delete(bytes("b"), List.of())), 9);
        assertThat(engine.rows().get("t", bytes("a"))).contains(bytes("3"));
        assertThat(engine.rows().get("t", bytes("b"))).isEmpty();
        assertThat(engine.rows().checkpoint("t")).isEqualTo(9);

        engine.rows().apply("t", List.of(), 11);
        assertThat(engine.rows().checkpoint("t")).isEqualTo(11);
    }

    @Test
    void tables_and_indexes_have_nothing_to_do_with_each_other() {
        engine.rows().apply("t", List.of(put("a", "1", byName("x"))), 1);
        engine.rows().apply("t2", List.of(put("a", "2", byName("x"))), 5);
        engine.rows().apply("t", List.of(put("b", "3", new IndexEntry("name2", bytes("x")))), 2);

        assertThat(engine.rows().get("t", bytes("a"))).contains(bytes("1"));
        assertThat(engine.rows().get("t2", bytes("a"))).contains(bytes("2"));
        assertThat(listed("t", "name", KeyRange.ALL, 10)).containsExactly("1");
        assertThat(listed("t2", "name", KeyRange.ALL, 10)).containsExactly("2");
        assertThat(listed("t", "name2", KeyRange.ALL, 10)).containsExactly("3");
        assertThat(listed("t", "nam", KeyRange.ALL, 10)).isEmpty();
        assertThat(engine.rows().checkpoint("t")).isEqualTo(2);
        assertThat(engine.rows().checkpoint("t2")).isEqualTo(5);
    }

    @Test
    void an_index_lists_rows_in_the_order_of_its_unsigned_keys() {
        engine.rows()
                .apply(
                        "t",
                        List.of(
                                put("1", "last", entry(0xff, 0x01)),
                                put("2", "third", entry(0x80)),
                                put("3", "first", entry(0x00)),
                                put("4", "second", entry(0x7f))),
                        1);
        assertThat(listed("t", "name", KeyRange.ALL, 10))
                .containsExactly("first", "second", "third", "last");
    }

    private static IndexEntry entry(int... key) {
        byte[] bytes = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            bytes[i] = (byte) key[i];
        }
        return new IndexEntry("name", ByteString.copyFrom(bytes));
    }

    @Test
    void an_index_is_scanned_by_range_up_to_a_limit() {
        fill("a", "b", "c", "d");
        assertThat(listed("t", "name", KeyRange.ALL, 2)).containsExactly("a", "b");
        assertThat(listed("t", "name", KeyRange.startingAt(bytes("b")), 10))
                .containsExactly("b", "c", "d");
        assertThat(listed("t", "name", KeyRange.startingAt(bytes("bb")), 1)).containsExactly("c");
        assertThat(listed("t", "name", new KeyRange(bytes("b"), bytes("d")), 10))
                .containsExactly("b", "c");
        assertThat(listed("t", "name", new KeyRange(bytes("b"), bytes("b")), 10)).isEmpty();
        assertThat(listed("t", "name", KeyRange.startingAt(bytes("e")), 10)).isEmpty();
    }

    @Test
    void an_index_is_scanned_by_prefix() {
        fill("a", "ab", "abc", "ac", "b");
        assertThat(listed("t", "name", KeyRange.withPrefix(bytes("ab")), 10))
                .containsExactly("ab", "abc");
        engine.rows().apply("t", List.of(put("x", "end", entry(0xff, 0xff, 0x01))), 2);
        ByteString ends = ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xff});
        assertThat(listed("t", "name", KeyRange.withPrefix(ends), 10)).containsExactly("end");
    }

    @Test
    void a_row_that_moves_in_an_index_is_listed_once_with_what_it_is_now() {
        fill("a", "m");
        engine.rows()
                .apply(
                        "t",
                        List.of(
                                new Put(
                                        bytes("key of a"),
                                        bytes("z"),
                                        List.of(byName("z")),
                                        List.of(byName("a"))),
                                put("key of m", "M", byName("m"))),
                        2);
        assertThat(listed("t", "name", KeyRange.ALL, 10)).containsExactly("M", "z");
    }

    @Test
    void a_deleted_row_is_not_listed() {
        fill("a", "b");
        engine.rows().apply("t", List.of(new Delete(bytes("key of a"), List.of(byName("a")))), 2);
        assertThat(listed("t", "name", KeyRange.ALL, 10)).containsExactly("b");
    }

    @Test
    void rows_entries_and_checkpoint_are_there_after_closing_and_opening_again() {
        fill("a", "b");
        engine.rows().apply("t", List.of(new Delete(bytes("key of a"), List.of(byName("a")))), 2);
        engine = reopen(engine);
        assertThat(engine.rows().checkpoint("t")).isEqualTo(2);
        assertThat(engine.rows().get("t", bytes("key of a"))).isEmpty();
        assertThat(engine.rows().get("t", bytes("key of b"))).contains(bytes("b"));
        assertThat(listed("t", "name", KeyRange.ALL, 10)).containsExactly("b");
    }

    @Test
    void what_is_changed_together_is_seen_together_after_any_number_of_changes() {
        for (int i = 1; i <= 500; i++) {
            engine.rows()
                    .apply(
                            "t",
                            List.of(
                                    new Put(
                                            bytes("k"),
                                            bytes("row " + i),
                                            List.of(byName("n" + i)),
                                            List.of(byName("n" + (i - 1))))),
                            i);
        }
        assertThat(engine.rows().checkpoint("t")).isEqualTo(500);
        assertThat(engine.rows().get("t", bytes("k"))).contains(bytes("row 500"));
        assertThat(listed("t", "name", KeyRange.ALL, 10)).containsExactly("row 500");
    }
}
