package io.playgrant.bench.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * An operator of an installation.
 *
 * @param name its name
 * @param password its password; a secret
 */
record Operator(String name, String password) {

    /** Creates one with the command line. */
    static Operator create(Path data) throws IOException, InterruptedException {
        String name = "bench";
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of("playgrant").toAbsolutePath().toString(),
                        "operator",
                        "create",
                        "--name",
                        name,
                        "--role",
                        "admin",
                        "--json"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PLAYGRANT_"));
        builder.environment().put("PLAYGRANT_DATA_DIR", data.toString());
        Process process = builder.start();
        String created = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("no operator was created");
        }
        return new Operator(name, new ObjectMapper().readTree(created).get("password").textValue());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Operator[" + name + "]";
    }
}
