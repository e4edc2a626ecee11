package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.StoredSigner;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code playgrant account signer list}. */
@Command(
        name = "list",
        description = "List an account's signers by name, without their keys.",
        mixinStandardHelpOptions = true)
final class SignerListCommand extends AccountListing<StoredSigner> {

    private static final String ROW = "%-4s %s";

    SignerListCommand() {
        super(Account::signers);
    }

    @Override
    String header() {
        return ROW.formatted("KIND", "NAME");
    }

    @Override
    String row(StoredSigner signer) {
        return ROW.formatted(signer.kind().label(), signer.name());
    }

    @Override
    Map<String, Object> toJson(StoredSigner signer) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", signer.name());
        members.put("kind", signer.kind().label());
        return members;
    }
}
