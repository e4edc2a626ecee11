package io.playgrant.cli.account;

import io.playgrant.account.AccountException;
import io.playgrant.account.Signers;
import io.playgrant.account.StoredSigner;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.SecretFile;
import io.playgrant.keystore.packaging.RsaPublicKeys;
import io.playgrant.keystore.packaging.SignerSecrets;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant account signer add}. */
@Command(name = "add", description = "Add a signer to an account.", mixinStandardHelpOptions = true)
final class SignerAddCommand extends PrintingCommand {

    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1," + Signers.LONGEST_NAME + "}");
    private static final Pattern AES = Pattern.compile("((?:[0-9A-Fa-f]{32}){1,2})\\s+([0-9A-Fa-f]{32})");
    private static final int LONGEST_KEY = 16 * 1024;

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Parameters(index = "1", paramLabel = "NAME", description = "The name that requests give as signer.")
    private String name = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Key key = new Key();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private static final class Key {

        @Option(
                names = "--aes-file",
                paramLabel = "FILE",
                description =
                        "A file with the AES key, 32 or 64 hexadecimal digits, and on the next line the iv, 32 digits; - is standard input.")
        private @Nullable String aes;

        @Option(
                names = "--rsa-file",
                paramLabel = "FILE",
                description = "A file with the RSA public key, in PEM (PUBLIC KEY) or DER; - is standard input.")
        private @Nullable String rsa;
    }

    @Override
    public Integer call() {
        if (!NAME.matcher(name).matches()) {
            throw new CommandException(
                    "The name must have 1 to " + Signers.LONGEST_NAME + " characters, and no control character");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            StoredSigner signer = key.aes == null
                    ? SignerSecrets.rsa(name, readRsa(String.valueOf(key.rsa)))
                    : readAes(key.aes, new SignerSecrets(application.heldKeys()));
            if (!application.accounts().signers().add(number, signer)) {
                throw new CommandException("There is no account " + number);
            }
            print(
                    json
                            ? Json.line(Map.of("added", name)) + "\n"
                            : "Requests of account " + number + " to /packager/widevine must now be signed.\n",
                    "the signer was added");
        } catch (AccountException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private StoredSigner readAes(String file, SignerSecrets secrets) {
        String[] parts = SecretFile.read(
                        file, AES, "an AES key, 32 or 64 hexadecimal digits, an iv, 32 hexadecimal digits,")
                .split("\\s+", 2);
        byte[] aesKey = HexFormat.of().parseHex(parts[0]);
        byte[] iv = HexFormat.of().parseHex(parts[1]);
        try {
            return secrets.aes(name, aesKey, iv);
        } finally {
            Arrays.fill(aesKey, (byte) 0);
            Arrays.fill(iv, (byte) 0);
        }
    }

    private static RSAPublicKey readRsa(String file) {
        String source = NamedInput.isStandard(file) ? "Standard input" : file;
        try (InputStream in = NamedInput.open(file)) {
            return RsaPublicKeys.read(in.readNBytes(LONGEST_KEY))
                    .orElseThrow(() -> new CommandException(source + " must contain an RSA public key of "
                            + RsaPublicKeys.SHORTEST_MODULUS + " bits or more, in PEM or DER"));
        } catch (IOException e) {
            throw new CommandException(source + " cannot be read: " + StorageException.reason(e));
        }
    }
}
