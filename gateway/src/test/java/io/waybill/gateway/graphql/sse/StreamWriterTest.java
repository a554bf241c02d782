package io.waybill.gateway.graphql.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Who gives an answer back, the writer or the container: one of them, once. */
class StreamWriterTest {

    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void an_answer_that_the_container_ended_when_a_write_failed_is_not_touched_again() {
        AtomicReference<StreamWriter> writer = new AtomicReference<>();
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        writer.get().givenBack();
                        throw new IOException("broken pipe");
                    }
                };
        writer.set(new StreamWriter(broken, completed::incrementAndGet, failures::incrementAndGet));

        writer.get().write(bytes("event"), () -> {});

        await().until(() -> failures.get() == 1);
        assertThat(completed).hasValue(0);
        assertThat(writer.get().end()).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void nothing_is_written_into_an_answer_that_was_given_back() {
        StreamWriter writer = writer();
        writer.write(bytes("one,"), writer::givenBack);
        writer.write(bytes("two"), () -> {});

        assertThat(writer.end(bytes("three"))).succeedsWithin(Duration.ofSeconds(5));
        assertThat(written).hasToString("one,");
        assertThat(completed).hasValue(0);
    }

    @Test
    void last_words_follow_what_was_put_before_and_end_the_answer_once() {
        StreamWriter writer = writer();
        writer.write(bytes("one,"), () -> {});
        var end = writer.end(bytes("two"));
        writer.write(bytes("three"), () -> {});

        assertThat(writer.end(bytes("four"))).isSameAs(end).succeedsWithin(Duration.ofSeconds(5));
        assertThat(written).hasToString("one,two");
        assertThat(completed).hasValue(1);
        assertThat(failures).hasValue(0);
    }

    @Test
    void an_answer_is_whole_before_its_end_is_told() {
        List<String> order = new CopyOnWriteArrayList<>();
        OutputStream noting =
                new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        order.add("closed after '%s'".formatted(this));
                    }
                };
        StreamWriter writer =
                new StreamWriter(noting, () -> order.add("given back"), failures::incrementAndGet);
        writer.write(bytes("one,"), () -> {});

        var told = writer.end(bytes("two")).thenRun(() -> order.add("told"));

        assertThat(told).succeedsWithin(Duration.ofSeconds(5));
        assertThat(order).containsExactly("closed after 'one,two'", "given back", "told");
    }

    private StreamWriter writer() {
        return new StreamWriter(written, completed::incrementAndGet, failures::incrementAndGet);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
