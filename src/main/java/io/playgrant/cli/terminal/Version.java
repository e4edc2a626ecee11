package io.playgrant.cli.terminal;

import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"playgrant " + (version == null ? "(not packaged)" : version)};
    }
}
