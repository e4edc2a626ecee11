package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.StoredSigner;
import io.playgrant.view.SignerView;
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
        return SignerView.json(signer);
    }
}
