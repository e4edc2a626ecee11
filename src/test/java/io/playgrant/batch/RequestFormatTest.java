package io.playgrant.batch;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.batch.row.Place;
import io.playgrant.batch.row.RawRow;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RequestFormatTest {

    @Test
    void csv_namesParametersByItsHeader() {
        CsvRequests requests = csv("kid,id,\"wvExtension\",wvExtension,wide", Map.of("cookie", List.of("c")));
        Item item = requests.read(record("^a,7,\"x,\"\"1\"\"\ny\",z,"));
        assertThat(item.id()).isEqualTo("7");
        assertThat(item.refusal()).isNull();
        assertThat(values(item, "kid")).containsExactly("^a");
        assertThat(values(item, "wvExtension")).containsExactly("x,\"1\"\ny", "z");
        assertThat(values(item, "cookie")).containsExactly("c");
        assertThat(requests.unknownColumns()).containsExactly("wide");
    }

    @Test
    void csv_readsColumnsInBrackets_insteadOfDefaults() {
        CsvRequests requests =
                csv("kid[0],wvExtension[0],wvExtension[1],wide[]", Map.of("wvExtension", List.of("default")));
        Item item = requests.read(record("^a,x,y,"));
        assertThat(values(item, "kid.0")).containsExactly("^a");
        assertThat(values(item, "wvExtension")).containsExactly("x", "y");
        assertThat(values(requests.read(record("^a,,,")), "wvExtension")).containsExactly("default");
        assertThat(requests.unknownColumns()).containsExactly("wide[]");
    }

    @Test
    void csv_takesTheLineForAnId_andDefaultsForWhatIsEmpty() {
        CsvRequests requests = csv("id,kid.0,cookie", Map.of("cookie", List.of("default")));
        Item item = requests.read(record(",^a,"));
        assertThat(item.id()).isEqualTo("17");
        assertThat(values(item, "cookie")).containsExactly("default");
        assertThat(values(requests.read(record(",^a,own")), "cookie")).containsExactly("own");
        assertThat(csv("kid", Map.of()).read(record("^a")).id()).isEqualTo("17");
    }

    @Test
    void csv_refusesWhatIsNoRecord_withoutQuotingIt() {
        CsvRequests requests = csv("id,kid", Map.of());
        assertThat(refusal(requests, "a"))
                .isEqualTo("[400] Bad Request: line 17: the row has 1 fields, the header has 2");
        assertThat(refusal(requests, "a,b,"))
                .isEqualTo("[400] Bad Request: line 17: the row has 3 fields, the header has 2");
        assertThat(refusal(requests, "a,\"b\"c")).isEqualTo("[400] Bad Request: line 17: the row is not CSV in UTF-8");
        assertThat(refusal(requests, "a,b\rc,d"))
                .isEqualTo("[400] Bad Request: line 17: a line break must be a line feed, or be in quotes");
        assertThat(refusal(requests, "\"a\nb\",c"))
                .isEqualTo("[400] Bad Request: line 17: id must have 1 to 128 characters, and no control character");
    }

    @Test
    void refusedRecord_keepsItsCode_andHasTheLineForAnId() {
        Item item = csv("id", Map.of())
                .read(new RawRow(
                        new byte[0], Place.line(9), true, TokenException.of(ErrorCode.CONTENT_TOO_LARGE, "long")));
        assertThat(item.id()).isEqualTo("9");
        assertThat(ErrorMessage.of(Objects.requireNonNull(item.refusal())))
                .isEqualTo(new ErrorMessage(413, "[413] Content Too Large: line 9: long"));
    }

    @Test
    void csvHeader_mustBeOne_andIsNotQuotedOtherwise() {
        String key = secret("4b4b4b4b0123456789abcdef4b4b4b4b");
        assertThatThrownBy(() -> csv("film," + key, Map.of()))
                .isInstanceOf(BatchException.class)
                .hasMessage("The first row must be a header; it has neither id nor the name of a parameter");
        assertThatThrownBy(() -> csv("id,id", Map.of())).hasMessage("The header has more than one column id");
        assertThatThrownBy(() -> csv("id,\"a\"b", Map.of()))
                .hasMessage("The header cannot be read: the row is not CSV in UTF-8");
    }

    @Test
    void csvHeader_inAnotherCaseOrWithOtherSeparators_saysSo() {
        assertThatThrownBy(() -> csv("id;kid;contentKey", Map.of()))
                .isInstanceOf(BatchException.class)
                .hasMessage("The header is separated by semicolons; commas are expected");
        assertThatThrownBy(() -> csv("\"id\";\"kid\"", Map.of()))
                .isInstanceOf(BatchException.class)
                .hasMessage("The header is separated by semicolons; commas are expected");
        assertThatThrownBy(() -> csv("ID,Kid, contentKey", Map.of()))
                .isInstanceOf(BatchException.class)
                .hasMessage(
                        "The header has names in another case or with spaces; they are spelled id, kid, contentKey");
        assertThat(CsvRequests.spelled(" ID ")).contains("id");
        assertThat(CsvRequests.spelled("KID.3")).contains("kid.3");
        assertThat(CsvRequests.spelled("title")).isEmpty();
    }

    @Test
    void json_isOneMessage_withDefaults() {
        JsonRequests requests = new JsonRequests(Map.of("cookie", List.of("c"), "kid", List.of("^b")));
        Item item = requests.read(record("{\"id\":\"x\",\"parameters\":{\"kid\":\"^a\",\"securityLevel\":1}}"));
        assertThat(item.id()).isEqualTo("x");
        assertThat(values(item, "kid")).containsExactly("^a");
        assertThat(values(item, "securityLevel")).containsExactly("1");
        assertThat(values(item, "cookie")).containsExactly("c");
    }

    @Test
    void json_refusesWhatIsNoMessage_withTheIdIfItCanBeRead() {
        JsonRequests requests = new JsonRequests(Map.of());
        assertThat(refusal(requests, "nonsense")).isEqualTo("[400] Bad Request: line 17: the message is not JSON");
        assertThat(requests.read(record("nonsense")).id()).isEqualTo("17");
        assertThat(requests.read(record("{\"id\":\"x\"}")).id()).isEqualTo("x");
        assertThat(refusal(requests, "{\"id\":\"x\"}")).isEqualTo("[400] Bad Request: line 17: parameters are missing");
    }

    @Test
    void refusedElement_hasItsNumberForAnId_andNamesItsLine() {
        byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
        Item item = new JsonRequests(Map.of()).read(new RawRow(nonsense, Place.element(7, 2), true, null));
        assertThat(item.id()).isEqualTo("7");
        assertThat(ErrorMessage.of(Objects.requireNonNull(item.refusal())).message())
                .isEqualTo("[400] Bad Request: element 7, line 2: the message is not JSON");
    }

    private static CsvRequests csv(String header, Map<String, List<String>> defaults) {
        return CsvRequests.of(record(header), defaults);
    }

    private static RawRow record(String text) {
        return new RawRow(text.getBytes(StandardCharsets.UTF_8), Place.line(17), true, null);
    }

    private static List<String> values(Item item, String name) {
        return item.parameters().get(name).values();
    }

    private static String refusal(RequestFormat requests, String text) {
        return ErrorMessage.of(
                        Objects.requireNonNull(requests.read(record(text)).refusal()))
                .message();
    }
}
