package io.playgrant.cli.key;

import io.playgrant.cli.terminal.LowerCaseEnum;
import io.playgrant.view.PackagerTool;

/** Reads the name of a packager. */
final class PackagerToolConverter extends LowerCaseEnum<PackagerTool> {

    PackagerToolConverter() {
        super(PackagerTool.class);
    }
}
