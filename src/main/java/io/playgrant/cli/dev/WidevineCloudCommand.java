package io.playgrant.cli.dev;

import io.playgrant.cli.dev.StandInBehaviour.Fault;
import io.playgrant.cli.terminal.LowerCaseEnum;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.Termination;
import io.playgrant.license.cloud.CloudProvider.Padding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant dev widevine-cloud}. */
@Command(
        name = "widevine-cloud",
        description = {
            "Run a stand-in for Widevine's licence service on 127.0.0.1 until the process receives SIGTERM, SIGINT or SIGHUP.",
            "It verifies signatures with Google's public test credentials and answers with any status or fault.",
            "It makes no real licence: nothing plays with it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The contentId of a token changes the answer to its redemption:",
            "  contentId=stand-in:status=ACCESS_DENIED,internal=127",
            "  contentId=stand-in:slow=5000",
            "  contentId=stand-in:http=503",
            "  contentId=stand-in:fault=html"
        })
final class WidevineCloudCommand extends PrintingCommand {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8099",
            description = "The port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--slow",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Wait before each answer, in milliseconds.")
    private int slow;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            defaultValue = "OK",
            description = "The status of all answers, such as ACCESS_DENIED (default: ${DEFAULT-VALUE}).")
    private String status = "";

    @Option(
            names = "--internal",
            paramLabel = "N",
            defaultValue = "0",
            description = "The internal status of all answers.")
    private int internal;

    @Option(
            names = "--http",
            paramLabel = "STATUS",
            defaultValue = "200",
            description = "The HTTP status of all answers (default: ${DEFAULT-VALUE}).")
    private int http;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            defaultValue = "none",
            converter = FaultConverter.class,
            description =
                    "The fault of all answers: html, empty, truncated, huge, cut, reset, no-license or other-key.")
    private Fault fault = Fault.NONE;

    @Option(
            names = "--padding",
            paramLabel = "PADDING",
            converter = PaddingConverter.class,
            description = "Accept only signatures with this padding: zero or pkcs7. By default both are accepted.")
    private @Nullable Padding padding;

    /** Reads {@code --fault}. */
    static final class FaultConverter extends LowerCaseEnum<Fault> {

        FaultConverter() {
            super(Fault.class);
        }
    }

    /** Reads {@code --padding}. */
    static final class PaddingConverter extends LowerCaseEnum<Padding> {

        PaddingConverter() {
            super(Padding.class);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Termination termination = Termination.expect(CLOSE_TIMEOUT);
        try (StandInCloud cloud = new StandInCloud(port, behaviour())) {
            print("A stand-in for Widevine's licence service answers on " + cloud.url() + "\n"
                    + "It makes no real licence. Start the server with these settings, which are public, to use it for the"
                    + " test environment:\n"
                    + "  PLAYGRANT_TEST_LICENSE_SERVICE=widevine-cloud PLAYGRANT_TEST_WIDEVINE_URL=" + cloud.url()
                    + " \\\n"
                    + "  PLAYGRANT_TEST_WIDEVINE_PROVIDER=" + StandInCloud.PROVIDER + " \\\n"
                    + "  PLAYGRANT_TEST_WIDEVINE_KEY=" + StandInCloud.KEY + " \\\n"
                    + "  PLAYGRANT_TEST_WIDEVINE_IV=" + StandInCloud.IV + " ./playgrant serve\n");
            termination.requested().await();
        } finally {
            termination.completed();
        }
        return 0;
    }

    private StandInBehaviour behaviour() {
        StandInBehaviour behaviour = StandInBehaviour.GOOD
                .withDelay(slow)
                .withStatus(status, internal)
                .withHttpStatus(http)
                .withFault(fault);
        return padding == null ? behaviour : behaviour.withPadding(padding);
    }
}
