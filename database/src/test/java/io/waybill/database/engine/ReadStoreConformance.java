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

    private static final StoredIndex NAME = StoredIndex.ofRows("name");
    private static final StoredIndex KEYS = StoredIndex.ofKeys("keys");

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
        return new IndexEntry(NAME, bytes(name));
    }

    private static IndexEntry byKey(String name) {
        return new IndexEntry(KEYS, bytes(name));
    }

    private static Put put(String key, String row, IndexEntry... listed) {
        return new Put(bytes(key), bytes(row), List.of(listed), List.of());
    }

    private List<String> listed(String table, StoredIndex index, KeyRange range, int limit) {
        return listed(table, index, range, Direction.FORWARD, ScanLimit.of(limit));
    }

    private List<String> listed(
            String table, StoredIndex index, KeyRange range, Direction direction, ScanLimit limit) {
        return engine.rows().scan(table, index, range, direction, limit).stream()
                .map(Listed::row)
                .map(ByteString::toStringUtf8)
                .toList();
    }

    private List<String> backwards(KeyRange range, int limit) {
        return listed("t", NAME, range, Direction.BACKWARD, ScanLimit.of(limit));
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
        assertThat(listed("t", NAME, KeyRange.ALL, 10)).isEmpty();
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
        engine.rows()
                .apply(
                        "t",
                        List.of(
                                put(
                                        "b",
                                        "3",
                                        new IndexEntry(StoredIndex.ofRows("name2"), bytes("x")))),
                        2);

        assertThat(engine.rows().get("t", bytes("a"))).contains(bytes("1"));
        assertThat(engine.rows().get("t2", bytes("a"))).contains(bytes("2"));
        assertThat(listed("t", NAME, KeyRange.ALL, 10)).containsExactly("1");
        assertThat(listed("t2", NAME, KeyRange.ALL, 10)).containsExactly("2");
        assertThat(listed("t", StoredIndex.ofRows("name2"), KeyRange.ALL, 10)).containsExactly("3");
        assertThat(listed("t", StoredIndex.ofRows("nam"), KeyRange.ALL, 10)).isEmpty();
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
        assertThat(listed("t", NAME, KeyRange.ALL, 10))
                .containsExactly("first", "second", "third", "last");
    }

    private static IndexEntry entry(int... key) {
        byte[] bytes = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            bytes[i] = (byte) key[i];
        }
        return new IndexEntry(NAME, ByteString.copyFrom(bytes));
    }

    @Test
    void an_index_is_scanned_by_range_up_to_a_limit() {
        fill("a", "b", "c", "d");
        assertThat(listed("t", NAME, KeyRange.ALL, 2)).containsExactly("a", "b");
        assertThat(listed("t", NAME, KeyRange.startingAt(bytes("b")), 10))
                .containsExactly("b", "c", "d");
        assertThat(listed("t", NAME, KeyRange.startingAt(bytes("bb")), 1)).containsExactly("c");
        assertThat(listed("t", NAME, new KeyRange(bytes("b"), bytes("d")), 10))
                .containsExactly("b", "c");
        assertThat(listed("t", NAME, new KeyRange(bytes("b"), bytes("b")), 10)).isEmpty();
        assertThat(listed("t", NAME, KeyRange.startingAt(bytes("e")), 10)).isEmpty();
    }

    @Test
    void an_index_is_scanned_backwards_by_range_up_to_a_limit() {
        fill("a", "b", "c", "d");
        assertThat(backwards(KeyRange.ALL, 2)).containsExactly("d", "c");
        assertThat(backwards(KeyRange.startingAt(bytes("b")), 10)).containsExactly("d", "c", "b");
        assertThat(backwards(new KeyRange(bytes("b"), bytes("d")), 10)).containsExactly("c", "b");
        assertThat(backwards(new KeyRange(bytes("a"), bytes("cc")), 1)).containsExactly("c");
        assertThat(backwards(new KeyRange(bytes("b"), bytes("b")), 10)).isEmpty();
        assertThat(backwards(KeyRange.startingAt(bytes("e")), 10)).isEmpty();
    }

    @Test
    void a_scan_goes_on_beyond_any_key_in_either_direction() {
        fill("a", "b", "c", "d");
        KeyRange middle = new KeyRange(bytes("b"), bytes("d"));
        for (String key : List.of("", "a", "b", "bb", "c", "cc", "d", "e")) {
            ByteString from = bytes(key);
            assertThat(listed("t", NAME, middle.beyond(from, Direction.FORWARD), 10))
                    .isEqualTo(
                            List.of("b", "c").stream().filter(n -> n.compareTo(key) > 0).toList());
            assertThat(listed("t", NAME, middle.before(from, Direction.FORWARD), 10))
                    .isEqualTo(
                            List.of("b", "c").stream().filter(n -> n.compareTo(key) <= 0).toList());
            if (!key.isEmpty()) {
                assertThat(backwards(middle.beyond(from, Direction.BACKWARD), 10))
                        .isEqualTo(
                                List.of("c", "b").stream()
                                        .filter(n -> n.compareTo(key) < 0)
                                        .toList());
                assertThat(backwards(middle.before(from, Direction.BACKWARD), 10))
                        .isEqualTo(
                                List.of("c", "b").stream()
                                        .filter(n -> n.compareTo(key) >= 0)
                                        .toList());
            }
        }
    }

    @Test
    void a_scan_says_where_each_row_stands() {
        fill("a", "b");
        for (Direction direction : Direction.values()) {
            assertThat(engine.rows().scan("t", NAME, KeyRange.ALL, direction, ScanLimit.of(10)))
                    .containsExactlyInAnyOrder(
                            new Listed(bytes("a"), bytes("a")), new Listed(bytes("b"), bytes("b")));
        }
    }

    @Test
    void a_scan_ends_once_it_has_too_many_bytes_but_gives_one_row_in_any_case() {
        fill("aaaa", "bbbb", "cccc");
        assertThat(listed("t", NAME, KeyRange.ALL, Direction.FORWARD, new ScanLimit(10, 1)))
                .containsExactly("aaaa");
        assertThat(listed("t", NAME, KeyRange.ALL, Direction.BACKWARD, new ScanLimit(10, 5)))
                .containsExactly("cccc", "bbbb");
        assertThat(listed("t", NAME, KeyRange.ALL, Direction.FORWARD, new ScanLimit(10, 8)))
                .containsExactly("aaaa", "bbbb");
    }

    @Test
    void an_index_of_keys_gives_rows_as_they_are_though_its_entries_are_written_once() {
        engine.rows().apply("t", List.of(put("1", "one", byKey("x"), byKey("z"))), 1);
        engine.rows().apply("t", List.of(put("2", "two", byKey("y"))), 2);
        engine.rows().apply("t", List.of(put("1", "ONE")), 3);
        assertThat(listed("t", KEYS, KeyRange.ALL, 10)).containsExactly("ONE", "two", "ONE");

        engine.rows()
                .apply(
                        "t",
                        List.of(
                                new Put(
                                        bytes("1"),
                                        bytes("One"),
                                        List.of(byKey("a")),
                                        List.of(byKey("x"), byKey("z"))),
                                new Delete(bytes("2"), List.of(byKey("y")))),
                        4);
        assertThat(listed("t", KEYS, KeyRange.ALL, 10)).containsExactly("One");
    }

    @Test
    void what_an_index_of_keys_gives_is_of_one_moment() throws InterruptedException {
        engine.rows().apply("t", List.of(put("k", "0", byKey("0"))), 1);
        Thread writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 1; i <= 2_000; i++) {
                                        engine.rows().apply("t", List.of(moved(i)), i);
                                    }
                                });
        while (writer.isAlive()) {
            List<Listed> page =
                    engine.rows()
                            .scan("t", KEYS, KeyRange.ALL, Direction.FORWARD, ScanLimit.of(10));
            assertThat(page)
                    .singleElement()
                    .satisfies(row -> assertThat(row.key()).isEqualTo(row.row()));
        }
        writer.join();
    }

    private static RowChange moved(int i) {
        return new Put(
                bytes("k"), bytes("" + i), List.of(byKey("" + i)), List.of(byKey("" + (i - 1))));
    }

    @Test
    void an_index_is_scanned_by_prefix() {
        fill("a", "ab", "abc", "ac", "b");
        assertThat(listed("t", NAME, KeyRange.withPrefix(bytes("ab")), 10))
                .containsExactly("ab", "abc");
        engine.rows().apply("t", List.of(put("x", "end", entry(0xff, 0xff, 0x01))), 2);
        ByteString ends = ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xff});
        assertThat(listed("t", NAME, KeyRange.withPrefix(ends), 10)).containsExactly("end");
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
        assertThat(listed("t", NAME, KeyRange.ALL, 10)).containsExactly("M", "z");
    }

    @Test
    void a_deleted_row_is_not_listed() {
        fill("a", "b");
        engine.rows().apply("t", List.of(new Delete(bytes("key of a"), List.of(byName("a")))), 2);
        assertThat(listed("t", NAME, KeyRange.ALL, 10)).containsExactly("b");
    }

    @Test
    void rows_entries_and_checkpoint_are_there_after_closing_and_opening_again() {
        fill("a", "b");
        engine.rows().apply("t", List.of(new Delete(bytes("key of a"), List.of(byName("a")))), 2);
        engine = reopen(engine);
        assertThat(engine.rows().checkpoint("t")).isEqualTo(2);
        assertThat(engine.rows().get("t", bytes("key of a"))).isEmpty();
        assertThat(engine.rows().get("t", bytes("key of b"))).contains(bytes("b"));
        assertThat(listed("t", NAME, KeyRange.ALL, 10)).containsExactly("b");
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
        assertThat(listed("t", NAME, KeyRange.ALL, 10)).containsExactly("row 500");
    }
}
