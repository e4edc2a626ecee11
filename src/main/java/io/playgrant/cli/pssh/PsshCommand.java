package io.playgrant.cli.pssh;

import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KidArgument;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.SchemeConverter;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.BoxException;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.PsshBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant pssh}. */
@Command(
        name = "pssh",
        description = {
            "Make the pssh boxes that tell players which keys they need, or explain existing ones.",
            "Needs no installation: boxes contain no secrets."
        },
        mixinStandardHelpOptions = true)
public final class PsshCommand extends PrintingCommand {

    @Parameters(
            paramLabel = "KID",
            arity = "0..1",
            description = "The ids of the keys: 32 hexadecimal digits, a UUID, or ^NAME.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--system",
            paramLabel = "SYSTEM",
            converter = BoxSystem.Converter.class,
            description = "widevine (default), playready or common. Give the option several times for several boxes.")
    private List<BoxSystem> systems = new ArrayList<>();

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            converter = SchemeConverter.class,
            description = "The encryption scheme: cenc (default), cens, cbc1 or cbcs.")
    private @Nullable ProtectionScheme scheme;

    @Option(
            names = "--content-id",
            paramLabel = "ID",
            description = "The id of the content, which only the box of Widevine contains.")
    private @Nullable String contentId;

    @Option(
            names = "--decode",
            paramLabel = "BASE64|HEX",
            description = "Explain these boxes, one after the other, instead of making some.")
    private @Nullable String encoded;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<PsshBox> boxes = encoded == null ? made() : decoded(encoded);
        print(
                json
                        ? Json.line(Map.of(
                                        "boxes",
                                        boxes.stream().map(BoxView::json).toList()))
                                + "\n"
                        : boxes.stream().map(BoxView::text).collect(Collectors.joining("\n")));
        return 0;
    }

    private List<PsshBox> made() {
        if (names.isEmpty()) {
            throw invalidUsage("KID is missing; or give --decode");
        }
        List<KeyId> kids = names.stream()
                .map(name -> KidArgument.read(commandLine(), name))
                .toList();
        ProtectionScheme chosen = scheme == null ? ProtectionScheme.CENC : scheme;
        List<BoxSystem> all = systems.isEmpty() ? List.of(BoxSystem.WIDEVINE) : systems;
        try {
            return all.stream()
                    .map(system -> system.box(kids, chosen, contentId))
                    .toList();
        } catch (BoxException e) {
            throw new CommandException("The box " + e.getMessage());
        }
    }

    private List<PsshBox> decoded(String text) {
        if (!names.isEmpty() || !systems.isEmpty() || scheme != null || contentId != null) {
            throw invalidUsage("--decode goes with no other option but --json");
        }
        try {
            return BoxText.read(text);
        } catch (BoxException e) {
            throw new CommandException("The box " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CommandException("The box is " + e.getMessage());
        }
    }

    private ParameterException invalidUsage(String problem) {
        return new ParameterException(commandLine(), problem);
    }
}
