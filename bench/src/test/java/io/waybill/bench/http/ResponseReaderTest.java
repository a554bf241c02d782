package io.waybill.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

class ResponseReaderTest {

    private static final String WITH_LENGTH =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
    private static final String IN_CHUNKS =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                    + "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n";

    private final ResponseReader reader = new ResponseReader();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_LENGTH, IN_CHUNKS})
    void a_response_is_whole_wherever_it_was_cut(String text) throws IOException {
        for (int cut = 1; cut < text.length(); cut++) {
            assertThat(reader.take(bytes(text.substring(0, cut)))).isNull();
            Response response = Objects.requireNonNull(reader.take(bytes(text.substring(cut))));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("hello");
            assertThat(reader.wasTheLast()).isFalse();
        }
    }

    @Test
    void it_tells_when_the_connection_will_be_closed() throws IOException {
        Response response =
                Objects.requireNonNull(
                        reader.take(
                                bytes(
                                        "HTTP/1.1 503 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")));

        assertThat(response.status()).isEqualTo(503);
        assertThat(reader.wasTheLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-server\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                WITH_LENGTH + "HTTP/1.1",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void what_is_no_response_is_refused(String text) {
        assertThatThrownBy(() -> reader.take(bytes(text))).isInstanceOf(IOException.class);
    }

    @Test
    void a_string_field_is_found_by_its_whole_name() {
        Response response =
                new Response(
                        200,
                        "{\"commandId\": \"c\", \"id\":\"i\", \"n\":1}"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(response.string("id")).contains("i");
        assertThat(response.string("commandId")).contains("c");
        assertThat(response.string("n")).isEmpty();
        assertThat(response.string("absent")).isEmpty();
    }
}
