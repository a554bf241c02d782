package io.waybill.database.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

class KeyPartsTest {

    private static final Comparator<ByteString> BYTES =
            ByteString.unsignedLexicographicalComparator();

    private static <T> void assertInOrder(List<T> sorted, Function<T, ByteString> key) {
        for (int i = 1; i < sorted.size(); i++) {
            T before = sorted.get(i - 1);
            T after = sorted.get(i);
            assertThat(BYTES.compare(key.apply(before), key.apply(after)))
                    .as("%s before %s", before, after)
                    .isNegative();
        }
    }

    @Test
    void numbers_are_in_their_order() {
        assertInOrder(
                List.of(0L, 1L, 255L, 256L, 65_535L, 1L << 32, Long.MAX_VALUE, -2L, -1L),
                KeyParts::number);
    }

    @Test
    void times_are_in_their_order_before_1970_too() {
        assertInOrder(
                List.of(
                        Timestamps.MIN_VALUE,
                        Timestamp.newBuilder().setSeconds(-1).build(),
                        Timestamp.newBuilder().setSeconds(-1).setNanos(999_999_999).build(),
                        Timestamps.EPOCH,
                        Timestamp.newBuilder().setNanos(1).build(),
                        Timestamp.newBuilder().setSeconds(1).build(),
                        Timestamps.MAX_VALUE),
                KeyParts::time);
    }

    @Test
    void texts_are_in_the_order_of_their_code_points_whatever_they_hold() {
        Random random = new Random(7);
        int[] alphabet = {0, 1, 'a', 'b', 0xff, 0x7ff, 0xffff, 0x1f600};
        List<String> texts =
                Stream.generate(() -> text(random, alphabet))
                        .limit(2_000)
                        .distinct()
                        .sorted(KeyPartsTest::byCodePoints)
                        .toList();
        assertInOrder(texts, KeyParts::text);
        assertInOrder(
                texts, text -> KeyParts.text(text).concat(KeyParts.number(random.nextLong())));
    }

    private static String text(Random random, int[] alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static int byCodePoints(String one, String other) {
        int[] left = one.codePoints().toArray();
        int[] right = other.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    @Test
    void the_beginning_of_a_text_is_that_of_its_key_and_of_no_other() {
        for (String text : List.of("", "a", "ab", "a\0b", "\0")) {
            for (String prefix : List.of("a", "ab", "a\0", "\0", "b")) {
                assertThat(KeyParts.text(text).startsWith(KeyParts.beginning(prefix)))
                        .as("%s begins with %s", text, prefix)
                        .isEqualTo(text.startsWith(prefix));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ADA,ada", "Ädä,äDÄ", "ΣΊΣΥΦΟΣ,σίσυφος", "İzmir,izmir"})
    void texts_that_differ_in_case_alone_are_folded_to_one(String one, String other) {
        assertThat(KeyParts.folded(one)).isEqualTo(KeyParts.folded(other));
    }

    @Test
    void a_composed_letter_is_the_same_as_its_parts() {
        assertThat(KeyParts.folded("Ame\u0301lie")).isEqualTo(KeyParts.folded("AM\u00c9LIE"));
    }

    @ParameterizedTest
    @CsvSource({"MÜLLER,Mü", "Σίσυφος,ΣΊΣ", "Odysseus,odY"})
    void what_begins_with_a_text_does_so_when_both_are_folded(String text, String beginning) {
        assertThat(KeyParts.folded(text)).startsWith(KeyParts.folded(beginning));
    }
}
