package io.playgrant.token;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.files.DataFolder;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.time.Schedule;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** A process of a fleet: opens the ring in a folder and writes so many tokens to a file, one a line. */
final class MintingProcess {

    private MintingProcess() {}

    public static void main(String[] args) throws Exception {
        SecureRandom random = new SecureRandom();
        List<TokenKey> keys = SampleTokens.keys(1);
        TokenRequest request = SampleRequest.plain().request();
        DataFolder folder = DataFolder.open(Path.of(args[0]));
        try (Database database = Database.openEmbedded(folder.path());
                Schedule schedule = new Schedule();
                KeyRingFile ring = KeyRingFile.open(folder, new Installation(database), random, schedule);
                BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]))) {
            TokenMint mint = new TokenMint(ring, Clock.systemUTC(), random);
            for (int n = Integer.parseInt(args[2]); n > 0; n--) {
                out.write(mint.mint(request, SampleTokens.caller(Profile.STRICT, Environment.PRODUCTION), keys)
                        .value());
                out.newLine();
            }
        }
    }
}
