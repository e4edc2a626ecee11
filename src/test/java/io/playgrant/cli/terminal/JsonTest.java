package io.playgrant.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void line_isTrue_withoutWhatATerminalMustNotSee() throws IOException {
        String text = "caf\u00e9 \"\\ \u0085 \u200d \u202e \u2028 " + Character.toString(0xE0041) + " \n";
        String line = Json.line(text);
        assertThat(line)
                .isEqualTo("\"caf\u00e9 \\\"\\\\ \\u0085 \\u200d \\u202e \\u2028 \\udb40\\udc41 \\n\"")
                .isEqualTo(PrintingCommand.printable(line));
        assertThat(new ObjectMapper().readValue(line, String.class)).isEqualTo(text);
    }
}
