package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void label_isInLowerCaseWhateverTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(List.of(Environment.values()))
                    .extracting(Environment::label)
                    .containsExactly("production", "test");
            assertThat(List.of(Profile.values())).extracting(Profile::label).containsExactly("strict", "lenient");
        } finally {
            Locale.setDefault(before);
        }
    }
}
