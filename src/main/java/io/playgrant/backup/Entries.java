package io.playgrant.backup;

import io.playgrant.account.HashKeyFile;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.token.sealing.KeyRingFile;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The entries of a backup, apart from its manifest. */
final class Entries {

    /** Written by the first start; an operator may have deleted it. */
    static final String DEMO = "demo.txt";

    static final Set<String> KNOWN = Stream.concat(
                    Stream.of(KeyRingFile.NAME, HashKeyFile.NAME, StorageRingFile.NAME, DEMO),
                    Table.KEPT.stream().map(Entries::ofTable))
            .collect(Collectors.toUnmodifiableSet());

    private Entries() {}

    static String ofTable(String table) {
        return "tables/" + table + ".jsonl";
    }
}
