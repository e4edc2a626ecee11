package io.playgrant.record;

/** Makes text from clients storable in every database. */
final class StorableText {

    /** The replacement for a character that cannot be stored. */
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /**
     * The text, cut to a length and without the characters that PostgreSQL refuses: U+0000 and unpaired surrogates.
     *
     * @param longest the largest length in UTF-16 units
     */
    static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest);
        for (int i = 0; i < cut.length(); i++) {
            if (!isStorable(cut, i)) {
                return replaced(cut);
            }
        }
        return cut;
    }

    private static String replaced(String text) {
        StringBuilder storable = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                storable.setCharAt(i, REPLACEMENT);
            }
        }
        return storable.toString();
    }

    private static boolean isStorable(String text, int index) {
        char character = text.charAt(index);
        if (!Character.isSurrogate(character)) {
            return character != '\0';
        }
        if (Character.isHighSurrogate(character)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
