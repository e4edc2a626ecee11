package io.playgrant.packager.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProtectionSchemeTest {

    @Test
    void codes_areTheLetters() {
        assertThat(Arrays.stream(ProtectionScheme.values()).map(ProtectionScheme::code))
                .containsExactly(1_667_591_779, 1_667_591_795, 1_667_392_305, 1_667_392_371);
        for (ProtectionScheme scheme : ProtectionScheme.values()) {
            assertThat(ProtectionScheme.ofCode(scheme.code())).contains(scheme);
            assertThat(ProtectionScheme.ofLabel(scheme.label())).contains(scheme);
        }
        assertThat(ProtectionScheme.ofCode(0)).isEmpty();
        assertThat(ProtectionScheme.ofLabel("CENC")).isEmpty();
    }

    @Test
    void systems_areFoundByTheirIds() {
        for (DrmSystem system : DrmSystem.values()) {
            assertThat(DrmSystem.of(system.id())).contains(system);
        }
        assertThat(DrmSystem.of(new UUID(0, 0))).isEmpty();
    }
}
