package io.playgrant.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {

    private final ResponseReader reader = new ResponseReader();

    @Test
    void add_findsTheEnd_howeverTheAnswerIsCut() {
        String answer = "HTTP/1.1 400 Bad Request\r\nX: 1\r\nContent-Length: 5\r\n\r\nwrong";
        for (int i = 0; i < answer.length() - 1; i++) {
            assertThat(add(answer.substring(i, i + 1))).isFalse();
        }
        assertThat(add("g")).isTrue();
        assertThat(reader.status()).isEqualTo(400);
        assertThat(reader.body()).isEqualTo("wrong");
    }

    @Test
    void next_goesOnToTheNextAnswer() {
        assertThat(add("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")).isTrue();
        reader.next();
        assertThat(add("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"))
                .isTrue();
        assertThat(reader.status()).isEqualTo(503);
        assertThat(reader.body()).isEmpty();
    }

    private boolean add(String text) {
        return reader.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
