package io.playgrant.packager.cpix;

/** The versions of SPEKE, each of which prescribes its version of CPIX and its name for the upper playlist of HLS. */
public enum SpekeVersion {
    V2_0("2.0", "2.3", "master"),
    V2_1("2.1", "2.4", "multiVariant");

    private final String text;
    private final String cpixVersion;
    private final String upperPlaylist;

    SpekeVersion(String text, String cpixVersion, String upperPlaylist) {
        this.text = text;
        this.cpixVersion = cpixVersion;
        this.upperPlaylist = upperPlaylist;
    }

    /**
     * The version in the header {@code X-Speke-Version}.
     *
     * @throws CpixException if it is another
     */
    public static SpekeVersion of(String header) {
        for (SpekeVersion version : values()) {
            if (version.text.equals(header.strip())) {
                return version;
            }
        }
        throw CpixException.of("Unsupported SPEKE version");
    }

    /** The value of the header. */
    public String text() {
        return text;
    }

    String cpixVersion() {
        return cpixVersion;
    }

    String upperPlaylist() {
        return upperPlaylist;
    }
}
