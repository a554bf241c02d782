package io.waybill.gateway.graphql.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    @Test
    void what_shows_is_as_it_is_in_every_script() {
        String text = "{\"name\": \"Müller & <b>東京</b> 🍜\"}";
        assertThat(SafeText.of(text)).isEqualTo(text);
    }

    @Test
    void control_characters_and_line_breaks_are_escaped() {
        assertThat(SafeText.of("a\0b\n\u001b[31mc\u007f\u0085\u2028"))
                .isEqualTo("a\\x00b\\x0a\\x1b[31mc\\x7f\\xc2\\x85\\xe2\\x80\\xa8");
    }

    @Test
    void marks_that_turn_the_direction_of_writing_or_do_not_show_are_escaped() {
        assertThat(SafeText.of("a\u202eb\u2066c\u200fd\u200be\ufefff"))
                .isEqualTo(
                        "a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\\xe2\\x80\\x8fd\\xe2\\x80\\x8be\\xef\\xbb\\xbff");
    }

    @Test
    void bytes_that_are_no_text_are_escaped_and_what_follows_is_read() {
        assertThat(SafeText.of(bytes(0x08, 0xff, 'a', 0xc3, 'b', 0xe2, 0x82)))
                .isEqualTo("\\x08\\xffa\\xc3b\\xe2\\x82");
        assertThat(SafeText.of(bytes(0xc0, 0x80, 0xed, 0xa0, 0x80)))
                .as("what only looks like UTF-8")
                .isEqualTo("\\xc0\\x80\\xed\\xa0\\x80");
    }

    @Test
    void a_backslash_is_escaped_so_that_nothing_can_pass_for_an_escape() {
        assertThat(SafeText.of("\\x00")).isEqualTo("\\x5cx00");
    }

    @Test
    void it_is_bounded_and_no_character_is_cut() {
        String most = "x".repeat(SafeText.MOST_BYTES);
        assertThat(SafeText.of(most)).isEqualTo(most);
        assertThat(SafeText.of(most + "x")).isEqualTo(most + "...");
        assertThat(SafeText.of(most.substring(1) + "ü")).isEqualTo(most.substring(1) + "...");
    }
}
