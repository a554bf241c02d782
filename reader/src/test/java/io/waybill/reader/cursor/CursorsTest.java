package io.waybill.reader.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CursorsTest {

    private static final Cursors CONTACTS = Cursors.of("after", "contacts", List.of());

    private static void assertRefused(Cursors list, String cursor) {
        assertThatThrownBy(() -> list.position(cursor))
                .isInstanceOfSatisfying(
                        WaybillException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
                            assertThat(failure.field()).contains("after");
                            assertThat(failure.sentence()).startsWith("after must be a cursor");
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, 1L << 40, Long.MAX_VALUE, -1})
    void a_cursor_gives_its_position_back(long position) {
        assertThat(CONTACTS.position(CONTACTS.at(position))).isEqualTo(position);
    }

    @Test
    void a_cursor_can_stand_in_a_url_as_it_is() {
        for (long position = 0; position < 1_000; position++) {
            assertThat(CONTACTS.at(position)).matches("[A-Za-z0-9_-]{22}");
        }
    }

    @Test
    void no_character_of_a_cursor_can_be_altered() {
        String cursor = CONTACTS.at(123_456);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < cursor.length(); i++) {
            for (char other : alphabet.toCharArray()) {
                if (other != cursor.charAt(i)) {
                    assertRefused(
                            CONTACTS, cursor.substring(0, i) + other + cursor.substring(i + 1));
                }
            }
        }
    }

    @Test
    void a_cursor_is_good_for_its_own_list_and_arguments_alone() {
        Cursors orders = Cursors.of("after", "orders", List.of());
        Cursors adas = Cursors.of("after", "orders", List.of("ada", "x"));
        Cursors others = Cursors.of("after", "orders", List.of("adax"));

        assertRefused(orders, CONTACTS.at(5));
        assertRefused(adas, orders.at(5));
        assertRefused(others, adas.at(5));
        assertThat(Cursors.of("after", "orders", List.of("ada", "x")).position(adas.at(5)))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "nonsense", "äöü", "====", "AAAAAAAAAAAAAAAAAAAAAA", " ", "1"})
    void what_was_never_a_cursor_is_refused(String text) {
        assertRefused(CONTACTS, text);
        assertRefused(CONTACTS, CONTACTS.at(1) + text);
        assertRefused(CONTACTS, CONTACTS.at(1) + "==");
    }
}
