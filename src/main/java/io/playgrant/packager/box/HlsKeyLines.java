package io.playgrant.packager.box;

import io.playgrant.contentkey.KeyId;

/** The lines of an HLS playlist that say where a player gets a key. */
public final class HlsKeyLines {

    private final Playlist playlist;
    private final ProtectionScheme scheme;

    /** Lines for a playlist of content that is encrypted with a scheme. HLS defines only cenc and cbcs. */
    public HlsKeyLines(Playlist playlist, ProtectionScheme scheme) {
        this.playlist = playlist;
        this.scheme = scheme;
    }

    /** The kinds of playlists. */
    public enum Playlist {
        /** The playlist of one stream. */
        MEDIA("#EXT-X-KEY"),
        /** The playlist that lists the others, formerly called master. */
        MULTIVARIANT("#EXT-X-SESSION-KEY");

        private final String tag;

        Playlist(String tag) {
            this.tag = tag;
        }
    }

    /** The line of Widevine. */
    public String widevine(KeyId kid, PsshBox box) {
        return line("data:text/plain;base64," + box.base64(), ",KEYID=0x" + kid, "urn:uuid:" + DrmSystem.WIDEVINE.id());
    }

    /** The line of PlayReady. */
    public String playReady(PlayReadyHeader header) {
        return line("data:text/plain;charset=UTF-16;base64," + header.objectBase64(), "", "com.microsoft.playready");
    }

    /**
     * The line of FairPlay.
     *
     * @param uri as one of {@link FairPlayUri}
     * @throws IllegalArgumentException if the scheme is not cbcs, the only one of FairPlay
     */
    public String fairPlay(String uri) {
        if (scheme != ProtectionScheme.CBCS) {
            throw new IllegalArgumentException("FairPlay needs cbcs");
        }
        return line(uri, "", "com.apple.streamingkeydelivery");
    }

    private String line(String uri, String keyId, String format) {
        return playlist.tag + ":METHOD=" + (scheme.isCounterMode() ? "SAMPLE-AES-CTR" : "SAMPLE-AES") + ",URI=\"" + uri
                + "\"" + keyId + ",KEYFORMAT=\"" + format + "\",KEYFORMATVERSIONS=\"1\"";
    }
}
