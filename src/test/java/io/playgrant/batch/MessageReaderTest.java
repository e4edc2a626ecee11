package io.playgrant.batch;

import static io.playgrant.TestSecrets.secret;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.playgrant.batch.row.MessageException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String AUTHENTICATOR = secret("1001,5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e");
    private static final String OTHER_AUTHENTICATOR = secret("1002,6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f");
    private static final String ID_RULE =
            "id must be a string of 1 to 128 characters without control characters and unpaired surrogates";
    private static final String FOREIGN =
            "there is a member that is not known here; known are id and parameters, or id, defaults and requests";
    private static final String VALUE_RULE =
            "a parameter must be a string, an integer or a boolean; only wvExtension may be an array of them";
    private static final String SURROGATE =
            "a parameter's name or value has an unpaired surrogate, which no UTF-8 can express";

    private final MessageReader reader = new MessageReader(Optional.empty());

    @Test
    void single_isOneItemWithTheMessagesId() {
        TokenMessage message = read("{'id':'m','parameters':{'kid':'^film','securityLevel':1,'useHttps':true}}");
        assertThat(message.id()).isEqualTo("m");
        assertThat(message.isBatch()).isFalse();
        assertThat(message.items()).extracting(Item::id).containsExactly("m");
        assertThat(values(message.items().get(0), "kid")).containsExactly("^film");
        assertThat(values(message.items().get(0), "securityLevel")).containsExactly("1");
        assertThat(values(message.items().get(0), "useHttps")).containsExactly("true");
    }

    @Test
    void batch_keepsTheOrderOfItsRequests() {
        TokenMessage message = read("{'requests':[{'id':'b','parameters':{'kid':'^2'}},{'parameters':{'kid':'^1'},"
                + "'id':'a'}],'id':'batch'}");
        assertThat(message.id()).isEqualTo("batch");
        assertThat(message.isBatch()).isTrue();
        assertThat(message.items()).extracting(Item::id).containsExactly("b", "a");
        assertThat(message.items()).extracting(Item::refusal).containsOnlyNulls();
        assertThat(message.items())
                .extracting(item -> item.parameters().get("kid").value())
                .containsExactly("^2", "^1");
    }

    @Test
    void batchOfOne_isAnsweredAsABatch() {
        assertThat(read("{'id':'m','requests':[{'id':'a','parameters':{}}]}").isBatch())
                .isTrue();
    }

    @Test
    void defaults_standBehindARequestsOwnParameters() {
        Item item = onlyItem("{'id':'m','requests':[{'id':'a','parameters':{'securityLevel':3,'cookie':'',"
                + "'wvExtension':[]}}],'defaults':{'securityLevel':1,'hdcpOutputControl':0,'cookie':'c',"
                + "'wvExtension':['aaaa,AA==','bbbb,AA==']}}");
        assertThat(values(item, "securityLevel")).containsExactly("3");
        assertThat(values(item, "hdcpOutputControl")).containsExactly("0");
        assertThat(item.parameters().get("cookie").isAbsent()).isTrue();
        assertThat(item.parameters().get("wvExtension").isAbsent()).isTrue();
    }

    @Test
    void namesInBrackets_areTheSameParameter_alsoAmongDefaults() {
        Item item = onlyItem("{'id':'m','requests':[{'id':'a','parameters':{'wvExtension[]':['aaaa,AA==','bbbb,AA=='],"
                + "'wvExtension[0]':'cccc,AA==','maxRedemptions[0]':1}}],"
                + "'defaults':{'wvExtension':'dddd,AA==','maxRedemptions':5,'cookie[]':'c'}}");
        assertThat(values(item, "wvExtension")).containsExactly("aaaa,AA==", "bbbb,AA==", "cccc,AA==");
        assertThat(values(item, "maxRedemptions")).containsExactly("1");
        assertThat(values(item, "cookie")).containsExactly("c");
    }

    @Test
    void wvExtension_mayBeAnArray() {
        assertThat(values(single("{'wvExtension':['aaaa,AA==','bbbb,AA==']}"), "wvExtension"))
                .containsExactly("aaaa,AA==", "bbbb,AA==");
        assertThat(values(single("{'wvExtension':'aaaa,AA=='}"), "wvExtension")).containsExactly("aaaa,AA==");
        assertThat(reason("{'id':'m','parameters':{'wvExtension':[['aaaa,AA==']]}}"))
                .isEqualTo(VALUE_RULE);
    }

    @Test
    void parameterThatIsGivenTwice_isLeftToTheProtocol() {
        assertThat(values(single("{'kid':'^1','kid':'^2'}"), "kid")).containsExactly("^1", "^2");
    }

    @Test
    void authenticator_isTheInstallations_ifARequestBringsNone() {
        MessageReader withOne = new MessageReader(Optional.of(AUTHENTICATOR));
        TokenMessage message = withOne.read(bytes("{'id':'m','requests':[{'id':'a','parameters':{}},"
                + "{'id':'b','parameters':{'customerAuthenticator':'" + OTHER_AUTHENTICATOR + "'}},"
                + "{'id':'c','parameters':{'customerAuthenticator':''}}]}"));
        assertThat(message.items())
                .extracting(item ->
                        item.parameters().get("customerAuthenticator").value().equals(AUTHENTICATOR))
                .containsExactly(true, false, true);
        assertThat(single("{}").parameters().get("customerAuthenticator").isAbsent())
                .isTrue();
    }

    @Test
    void badRequest_spoilsNoOther() {
        List<Item> items = read("{'id':'m','requests':[7,{'id':'a'},{'id':'b','parameters':{}},"
                        + "{'parameters':{}},{'id':'','parameters':{}},{'id':'c','parameters':{'kid':null}},"
                        + "{'id':'d','parameters':{},'requests':[]},{'id':'e','parameters':[]},"
                        + "{'id':'f','parameters':{'kid':'\\ud800'}},{'id':'g','parameters':{'kid':'^1'}}]}")
                .items();
        assertThat(items).extracting(Item::id).containsExactly(null, "a", "b", null, null, "c", "d", "e", "f", "g");
        assertThat(items)
                .extracting(MessageReaderTest::details)
                .containsExactly(
                        "a request is an object with id and parameters",
                        "parameters are missing",
                        null,
                        "id is missing",
                        ID_RULE,
                        VALUE_RULE,
                        FOREIGN,
                        "parameters must be an object",
                        SURROGATE,
                        null);
        assertThat(values(items.get(9), "kid")).containsExactly("^1");
    }

    @Test
    void idGivenTwiceInABatch_isRefusedTheSecondTime() {
        List<Item> items = read("{'id':'a','requests':[{'id':'a','parameters':{'kid':null}},"
                        + "{'id':'a','parameters':{}},{'id':'b','parameters':{}},{'id':'a','parameters':{}}]}")
                .items();
        assertThat(items).extracting(Item::id).containsExactly("a", "a", "b", "a");
        String twice = "an earlier request of this batch has the same id";
        assertThat(items).extracting(MessageReaderTest::details).containsExactly(VALUE_RULE, twice, null, twice);
        assertThat(Objects.requireNonNull(items.get(1).refusal()).code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'parameters':{}} | id is missing",
                "{'id':'m'} | parameters are missing",
                "{} | id is missing",
                "{'id':'m','requests':[]} | requests must have 1 to 1000 elements",
                "{'id':'m','requests':{}} | requests must be an array",
                "{'id':'m','requests':null} | requests must be an array",
                "{'id':'m','parameters':{},'requests':[{'id':'a','parameters':{}}]} "
                        + "| a message has either parameters or requests",
                "{'id':'m','parameters':{},'defaults':{}} | defaults belong to a batch, beside requests",
                "{'id':'m','requests':[{'id':'a','parameters':{}}],'defaults':7} | defaults must be an object",
                "{'id':'m','parameters':null} | parameters must be an object",
                "{'id':'m','parameters':{},'parameters':{}} | parameters is given twice",
                "{'id':'m','id':'n','parameters':{}} | id is given twice",
                "{'id':'m','requests':[{'id':'a','parameters':{}}],'requests':[{'id':'a','parameters':{}}]} "
                        + "| requests is given twice",
                "{'id':'m','requests':[{'id':'a','parameters':{}}],'defaults':{},'defaults':{}} | defaults is given twice",
                "{'id':'m','parameters':{}}{} | something follows the message's object",
                "[] | a message is a JSON object",
                "7 | a message is a JSON object",
                "null | a message is a JSON object",
                "`` | a message is a JSON object",
                "` ` | a message is a JSON object",
                "{'id':'m','parameters':{}} x | the message is not JSON",
                "{'id':'m','parameters':{} | the message is not JSON",
                "{id:'m','parameters':{}} | the message is not JSON",
                "{'id':'m','parameters':{},} | the message is not JSON",
                "{'id':'m',/* a */'parameters':{}} | the message is not JSON",
                "{'id':'m','parameters':{'kid':NaN}} | the message is not JSON",
                "{'id':'m','parameters':{'kid':Infinity}} | the message is not JSON",
                "{'id':'m','parameters':{'kid':01}} | the message is not JSON",
                "{'id':'m','parameters':{'kid':+1}} | the message is not JSON",
                "{'id':'m','parameters':{'kid':'\\x'}} | the message is not JSON",
                "{'id':'m','parameters':{'kid':'a\tb'}} | the message is not JSON",
            })
    void message_thatIsNone_isRefusedWithAReason(String json, String reason) {
        assertThat(reason(json)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "[]",
                "{'id':'a'}",
                "''",
                "'a\\u0000'",
                "'a\\n'",
                "'\\u007f'",
                "'\\u009f'",
                "'\\ud800'",
                "'\\udc00\\ud800'"
            })
    void id_thatIsNone_isRefused(String id) {
        MessageException refusal = refusal("{'id':" + id + ",'parameters':{}}");
        assertThat(refusal.reason()).isEqualTo(ID_RULE);
        assertThat(refusal.id()).isEmpty();
    }

    @Test
    void id_hasAtMost128Characters_howeverManyUnitsTheyTake() {
        String longest = "\uD83C\uDFAC".repeat(128);
        assertThat(read("{'id':'" + longest + "','parameters':{}}").id()).isEqualTo(longest);
        assertThat(reason("{'id':'" + longest + "c','parameters':{}}")).isEqualTo(ID_RULE);
    }

    @Test
    void refusal_hasTheIdIfThereIsOne_whereverItStands() {
        assertThat(refusal("{'id':'m'}").id()).contains("m");
        assertThat(refusal("{'parameters':7,'id':'m'}").id()).contains("m");
        assertThat(refusal("{'id':'m',").id()).contains("m");
        assertThat(refusal("{'parameters':7,").id()).isEmpty();
        assertThat(refusal("{'id':'m','id':'n'}").id()).contains("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.0", "1e2", "null", "{}", "[]", "['a']"})
    void value_thatIsNone_isRefused(String value) {
        assertThat(reason("{'id':'m','parameters':{'kid':" + value + "}}")).isEqualTo(VALUE_RULE);
    }

    @Test
    void unpairedSurrogates_areRefused_inNamesToo() {
        assertThat(reason("{'id':'m','parameters':{'kid':'a\\udc00'}}")).isEqualTo(SURROGATE);
        assertThat(reason("{'id':'m','parameters':{'a\\ud83c':'a'}}")).isEqualTo(SURROGATE);
        assertThat(reason("{'id':'m','parameters':{'wvExtension':['\\ud83c\\ud83c\\udfac']}}"))
                .isEqualTo(SURROGATE);
        assertThat(values(single("{'kid':'\\ud83c\\udfac'}"), "kid")).containsExactly("\uD83C\uDFAC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void otherEncodings_areRefused(String encoding) {
        byte[] json = "{\"id\":\"m\",\"parameters\":{}}".getBytes(Charset.forName(encoding));
        assertThat(catchThrowableOfType(MessageException.class, () -> reader.read(json)))
                .isNotNull();
    }

    @Test
    void byteOrderMark_isRefused() {
        assertThat(reason("\uFEFF{'id':'m','parameters':{}}")).isEqualTo("the message is not JSON");
    }

    /** An overlong slash, half a surrogate pair, a lonely continuation, a cut sequence, beyond the last character. */
    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "80", "e282", "f4908080", "ff", "c080"})
    void wrongUtf8_isRefused(String hex) throws Exception {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write(bytes("{'id':'m','parameters':{'kid':'"));
        json.write(HexFormat.of().parseHex(hex));
        json.write(bytes("'}}"));
        MessageException refusal = catchThrowableOfType(MessageException.class, () -> reader.read(json.toByteArray()));
        assertThat(refusal.reason()).isEqualTo("the message is not UTF-8");
    }

    @Test
    void message_hasAtMost1MiB() {
        String start = "{'id':'m','parameters':{'cookie':'";
        String largest = start + "c".repeat(1024 * 1024 - start.length() - 3) + "'}}";
        assertThat(bytes(largest)).hasSize(1024 * 1024);
        assertThat(values(onlyItem(largest), "cookie").get(0)).hasSize(1024 * 1024 - start.length() - 3);
        assertThat(reason(largest + " ")).isEqualTo("a message has at most 1048576 bytes");
    }

    @Test
    void batch_has1To1000Requests() {
        assertThat(read(batchOf(1_000)).items()).hasSize(1_000);
        MessageException refusal = refusal(batchOf(1_001));
        assertThat(refusal.reason()).isEqualTo("requests must have 1 to 1000 elements");
        assertThat(refusal.id()).contains("m");
        assertThat(reason(batchOf(20_000))).isEqualTo("requests must have 1 to 1000 elements");
    }

    @Test
    void parameters_areAtMost200() {
        assertThat(values(single(members(200)), "p199")).containsExactly("199");
        assertThat(reason("{'id':'m','parameters':" + members(201) + "}"))
                .isEqualTo("parameters has more than 200 members");
        assertThat(reason("{'id':'m','requests':[{'id':'a','parameters':{}}],'defaults':" + members(201) + "}"))
                .isEqualTo("defaults has more than 200 members");
    }

    @Test
    void longNumbersAndNames_areOnlyLong() {
        String digits = "1234567890".repeat(10_000);
        assertThat(values(single("{'licenseDuration':-" + digits + "}"), "licenseDuration"))
                .containsExactly("-" + digits);
        assertThat(values(single("{'" + digits + "':'a'}"), digits)).containsExactly("a");
        assertThat(reason("{'id':'m','parameters':{'a':" + digits + ".5}}")).isEqualTo(VALUE_RULE);
        assertThat(reason("{'id':'m','parameters':{'a':1e" + digits + "}}")).isEqualTo(VALUE_RULE);
    }

    @Test
    void deepNesting_isRefused() {
        assertThat(reason("{'id':'m','parameters':{'a':" + "[".repeat(900) + "]".repeat(900) + "}}"))
                .isEqualTo(VALUE_RULE);
        for (String deep : List.of("[".repeat(500_000), "{'a':".repeat(200_000))) {
            MessageException refusal = refusal("{'id':'m','parameters':{'a':" + deep);
            assertThat(refusal.reason()).isEqualTo("the message is nested too deeply");
            assertThat(refusal.id()).contains("m");
        }
    }

    @Test
    void readSingle_refusesABatch() {
        MessageException refusal =
                catchThrowableOfType(MessageException.class, () -> reader.readSingle(bytes(batchOf(1))));
        assertThat(refusal.reason()).isEqualTo("a batch cannot stand here, only single requests");
        assertThat(refusal.id()).contains("m");
        assertThat(reader.readSingle(bytes("{'id':'m','parameters':{}}")).id()).isEqualTo("m");
    }

    private static String batchOf(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'id':'" + i + "','parameters':{}}")
                .collect(Collectors.joining(",", "{'id':'m','requests':[", "]}"));
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'p" + i + "':" + i).collect(Collectors.joining(",", "{", "}"));
    }

    /** JSON with the other quotation marks. */
    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }

    private TokenMessage read(String json) {
        return reader.read(bytes(json));
    }

    private Item onlyItem(String json) {
        List<Item> items = read(json).items();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private Item single(String parameters) {
        return onlyItem("{'id':'m','parameters':" + parameters + "}");
    }

    private MessageException refusal(String json) {
        return catchThrowableOfType(MessageException.class, () -> read(json));
    }

    private String reason(String json) {
        return refusal(json).reason();
    }

    private static List<String> values(Item item, String name) {
        return item.parameters().get(name).values();
    }

    private static @Nullable String details(Item item) {
        TokenException refusal = item.refusal();
        return refusal == null ? null : refusal.details();
    }
}
