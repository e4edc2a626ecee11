package io.playgrant.cli.terminal;

import io.playgrant.packager.box.ProtectionScheme;

/** Reads {@code cenc}, {@code cens}, {@code cbc1} or {@code cbcs}. */
public final class SchemeConverter extends LowerCaseEnum<ProtectionScheme> {

    public SchemeConverter() {
        super(ProtectionScheme.class);
    }
}
