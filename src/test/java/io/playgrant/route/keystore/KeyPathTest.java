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
        "GET, /keystore/keys, list",
        "GET, /keystore/keys/, list",
        "POST, /keystore/keys, create",
        "GET, /keystore/keys/^a, read",
        "GET, '/keystore/keys/^a,^b/', read",
        "PUT, /keystore/keys/^a, update",
        "DELETE, /keystore/keys/^a, delete",
        "GET, /keystore/keys/^a/value, read-values",
        "GET, '/keystore/keys/^a,^b/value/', read-values",
        "GET, /keystore/keycount, count"
    })
    void methodAndPath_areAnOperation(String method, String path, String operation) {
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
        assertThat(KeyPath.of(path).allow()).isEqualTo(allow);
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
        assertThat(KeyPath.of(path).allow()).isEmpty();
    }

    @Test
    void kids_areSplitAtRawCommas() {
        assertThat(KeyPath.of("/keystore/keys/^a%2Cb,,%5Ec/value").kids()).isEqualTo(List.of("^a%2Cb", "", "%5Ec"));
    }
}
