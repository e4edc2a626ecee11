package io.playgrant.view;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.ProtectionScheme;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Command lines of packagers, to be copied into a shell. Lines that begin with # are comments.
 *
 * @param keys one key for all tracks, or one for video and one for audio
 * @param scheme the encryption scheme
 * @param iv the initial vector as hexadecimal digits, or null
 * @param contentId the id of the content, or null if it is unknown
 * @param server the URL of the server
 * @param account the number of the account, or a word in its place
 */
public record PackagerLines(
        List<Key> keys,
        ProtectionScheme scheme,
        @Nullable String iv,
        @Nullable String contentId,
        URI server,
        String account) {

    private static final String SHAKA_TRACKS = "packager in=video.mp4,stream=video,output=video_enc.mp4%s"
            + " in=audio.mp4,stream=audio,output=audio_enc.mp4%s --mpd_output stream.mpd --protection_scheme %s";
    private static final String SHAKA_SYSTEMS = " --protection_systems Widevine,PlayReady,CommonSystem --clear_lead 0";
    private static final List<String> LABELS = List.of("VIDEO", "AUDIO");

    /** The lists are copied. */
    public PackagerLines {
        keys = List.copyOf(keys);
    }

    /**
     * A key.
     *
     * @param value the key as hexadecimal digits, or a word in its place
     */
    public record Key(KeyId kid, String value) {

        @Override
        public String toString() {
            return kid + ":***";
        }
    }

    /** The lines for a packager. */
    public List<String> of(PackagerTool tool) {
        return switch (tool) {
            case SHAKA -> {
                List<String> lines = new ArrayList<>(shakaServer());
                lines.add("# With the key itself, which the shell's history and the list of processes then show:");
                lines.add(shaka());
                yield lines;
            }
            case SHAKA_SERVER -> shakaServer();
            case BENTO4 -> bento4();
            case FFMPEG -> List.of("# Only for tests: ffmpeg writes no pssh box.", ffmpeg());
            case CPIX -> List.of("# The document contains the key: keep it secret.", cpix());
        };
    }

    private List<String> shakaServer() {
        String user = server.getScheme() + "://" + account + ":DIGITS@" + server.getRawAuthority();
        String content = contentId == null ? "CONTENT_ID_IN_HEX" : hex(contentId);
        return List.of(
                "# The key server makes the keys of the content, one for each type of track. DIGITS are those after"
                        + " the comma of an authenticator for packaging:",
                SHAKA_TRACKS.formatted("", "", scheme.label()) + " --enable_widevine_encryption --key_server_url "
                        + user + path() + "/packager/widevine --content_id " + content + SHAKA_SYSTEMS);
    }

    private String shaka() {
        boolean isOne = keys.size() == 1;
        String tracks = isOne
                ? SHAKA_TRACKS.formatted("", "", scheme.label())
                : SHAKA_TRACKS.formatted(",drm_label=" + LABELS.get(0), ",drm_label=" + LABELS.get(1), scheme.label());
        List<String> named = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            named.add("label=" + (isOne ? "" : LABELS.get(i)) + ":key_id="
                    + keys.get(i).kid() + ":key=" + keys.get(i).value());
        }
        return tracks + " --enable_raw_key_encryption --keys " + String.join(",", named) + SHAKA_SYSTEMS;
    }

    private List<String> bento4() {
        Key key = keys.get(0);
        String content = contentId == null ? "" : "#content_id:" + hex(contentId);
        return List.of(
                "mp4fragment video.mp4 video_frag.mp4",
                "mp4fragment audio.mp4 audio_frag.mp4",
                "mp4dash --encryption-key=" + key.kid() + ":" + key.value() + (iv == null ? "" : ":" + iv)
                        + " --encryption-cenc-scheme=" + scheme.label() + " --widevine-header=provider:"
                        + PackagerKey.PROVIDER + content + " --playready"
                        // Before this version, PlayReady knows AES-CTR only.
                        + (scheme.isCounterMode() ? "" : " --playready-version=4.3")
                        + " --eme-signaling=pssh-v1 -o out video_frag.mp4 audio_frag.mp4");
    }

    private String ffmpeg() {
        Key key = keys.get(0);
        return "ffmpeg -i video.mp4 -c copy -encryption_scheme cenc-aes-ctr -encryption_key " + key.value()
                + " -encryption_kid " + key.kid() + " video_enc.mp4";
    }

    private String cpix() {
        String content = contentId == null
                ? "CONTENT_ID"
                : URLEncoder.encode(contentId, StandardCharsets.UTF_8).replace("+", "%20");
        String kids = keys.stream().map(key -> key.kid().toUuid().toString()).collect(Collectors.joining(","));
        String systems = "widevine,playready" + (scheme == ProtectionScheme.CBCS ? ",fairplay" : "");
        return "curl -fsS -u " + account + ":DIGITS '" + server.getScheme() + "://" + server.getRawAuthority()
                + path() + "/packager/cpix/" + content + "?kid=" + kids + "&scheme=" + scheme.label() + "&drm="
                + systems + "' -o keys.cpix.xml";
    }

    /** A path of the server's URL, without the slash at its end. */
    private String path() {
        String path = server.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
