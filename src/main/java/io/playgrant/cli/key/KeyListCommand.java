package io.playgrant.cli.key;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.view.KeyView;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code playgrant key list}. */
@Command(
        name = "list",
        description = "List all stored keys of an account by id, including expired ones.",
        mixinStandardHelpOptions = true)
final class KeyListCommand extends PrintingCommand {

    @Mixin
    private KeyOwner ownerOption = new KeyOwner();

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            Owner owner = ownerOption.in(application);
            KeyService service = KeyOwner.service(application);
            print(json ? "[" : KeyText.HEAD + "\n");
            KeyId last = null;
            List<KeyObject> page = service.page(owner, null, KeyService.LARGEST_PAGE, null);
            while (!page.isEmpty()) {
                printPage(page, last);
                last = KeyId.ofHex(page.get(page.size() - 1).kid());
                page = service.page(owner, last, KeyService.LARGEST_PAGE, null);
            }
            print(json ? "]\n" : "");
        }
        return 0;
    }

    private void printPage(List<KeyObject> page, @Nullable KeyId before) {
        Function<KeyObject, String> each = json ? key -> Json.line(KeyView.json(key)) : key -> KeyText.row(key) + "\n";
        String separator = json ? "," : "";
        print(page.stream().map(each).collect(Collectors.joining(separator, before == null ? "" : separator, "")));
    }
}
