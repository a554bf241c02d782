package io.waybill.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

class CursorsTest {

    private static final Cursors CONTACTS = Cursors.of("contacts", ByteString.EMPTY);

    private static void assertRefused(Cursors list, String cursor) {
        assertThatThrownBy(() -> list.place("after", cursor))
                .isInstanceOfSatisfying(
                        WaybillException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
                            assertThat(failure.field()).contains("after");
                            assertThat(failure.sentence()).startsWith("after must be a cursor");
                        });
    }

    private static ByteString place(long position) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, 1L << 40, Long.MAX_VALUE, -1})
    void a_cursor_gives_its_place_back(long position) {
        String cursor = CONTACTS.at(place(position));
        assertThat(CONTACTS.place("after", cursor)).isEqualTo(place(position));
    }

    @Test
    void a_place_may_be_as_long_as_the_longest_name() {
        ByteString longest = ByteString.copyFromUtf8("\uD83D\uDE00".repeat(200)).concat(place(7));
        assertThat(CONTACTS.place("after", CONTACTS.at(longest))).isEqualTo(longest);
        assertRefused(CONTACTS, "A".repeat(1_000_000));
    }

    @Test
    void a_cursor_can_stand_in_a_url_as_it_is() {
        for (long position = 0; position < 1_000; position++) {
            assertThat(CONTACTS.at(place(position))).matches("[A-Za-z0-9_-]{22}");
        }
    }

    @Test
    void no_character_of_a_cursor_can_be_altered() {
        String cursor = CONTACTS.at(place(123_456));
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < cursor.length(); i++) {
            for (int at = 0; at < alphabet.length(); at++) {
                char other = alphabet.charAt(at);
                if (other != cursor.charAt(i)) {
                    assertRefused(
                            CONTACTS, cursor.substring(0, i) + other + cursor.substring(i + 1));
                }
            }
        }
    }

    @Test
    void a_cursor_is_good_for_its_own_list_and_arguments_alone() {
        Cursors orders = Cursors.of("orders", ByteString.EMPTY);
        Cursors adas = Cursors.of("orders", ByteString.copyFromUtf8("ada"));
        Cursors others = Cursors.of("orders", ByteString.copyFromUtf8("adax"));

        assertRefused(orders, CONTACTS.at(place(5)));
        assertRefused(adas, orders.at(place(5)));
        assertRefused(others, adas.at(place(5)));
        assertThat(
                        Cursors.of("orders", ByteString.copyFromUtf8("ada"))
                                .place("after", adas.at(place(5))))
                .isEqualTo(place(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "nonsense", "äöü", "====", "AAAAAAAAAAAAAAAAAAAAAA", " ", "1"})
    void what_was_never_a_cursor_is_refused(String text) {
        assertRefused(CONTACTS, text);
        assertRefused(CONTACTS, CONTACTS.at(place(1)) + text);
        assertRefused(CONTACTS, CONTACTS.at(place(1)) + "==");
    }
}
