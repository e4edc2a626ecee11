package io.playgrant.packager.cpix;

/** A part of a document. */
sealed interface XmlNode permits XmlElement, XmlNode.Text, XmlNode.Comment {

    /** Characters between tags. */
    record Text(String text) implements XmlNode {

        /** Does not show the text, which may be a content key. */
        @Override
        public String toString() {
            return "text";
        }
    }

    /** A comment. */
    record Comment(String text) implements XmlNode {}
}
