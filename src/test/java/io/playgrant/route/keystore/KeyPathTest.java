package io.playgrant.route.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPathTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /keystore/keys, LIST",
        "GET, /keystore/keys/, LIST",
        "POST, /keystore/keys, CREATE",
        "GET, /keystore/keys/^a, READ",
        "GET, '/keystore/keys/^a,^b/', READ",
        "PUT, /keystore/keys/^a, UPDATE",
        "DELETE, /keystore/keys/^a, DELETE",
        "GET, /keystore/keys/^a/value, READ_VALUES",
        "GET, '/keystore/keys/^a,^b/value/', READ_VALUES",
        "GET, /keystore/keycount, COUNT"
    })
    void methodAndPath_areAnOperation(String method, String path, KeyOperation operation) {
        assertThat(KeyPath.of(path).operations()).containsEntry(method, operation);
    }

    @ParameterizedTest
    @CsvSource({
        "/keystore/keys, 'GET, POST'",
        "/keystore/keys/^a, 'DELETE, GET, PUT'",
        "'/keystore/keys/^a,^b', GET",
        "/keystore/keys/^a/value, GET",
        "/keystore/keycount, GET"
    })
    void otherMethods_areNotAllowed(String path, String allow) {
        assertThat(String.join(", ", KeyPath.of(path).methods())).isEqualTo(allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/keystore",
                "/keystore/",
                "/keystore/values",
                "/keystore/keycount/1",
                "/keystore/keys/^a/k",
                "/keystore/keys/^a/value/1",
                "/keystores/keys",
                "/hms/wv/token"
            })
    void otherPaths_areNothing(String path) {
        assertThat(KeyPath.of(path).methods()).isEmpty();
    }

    @Test
    void kids_areSplitAtRawCommas() {
        assertThat(KeyPath.of("/keystore/keys/^a%2Cb,,%5Ec/value").kids()).isEqualTo(List.of("^a%2Cb", "", "%5Ec"));
    }
}
