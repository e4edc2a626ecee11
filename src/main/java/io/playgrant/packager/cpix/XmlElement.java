package io.playgrant.packager.cpix;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable element, with everything in it as it came: an answer is its request with elements replaced, so that elements that the
 * program does not know stay where they are.
 */
final class XmlElement implements XmlNode {

    private final String name;
    private final String namespace;
    private final String localName;
    private final Map<String, String> attributes;
    private final Map<String, String> scope;
    private final List<XmlNode> content;

    /**
     * An element.
     *
     * @param name with its prefix, as written
     * @param namespace the URI
     * @param attributes with their prefixes, as written; declarations of namespaces are among them
     * @param scope the URIs of the prefixes that are declared here or around
     */
    XmlElement(
            String name,
            String namespace,
            Map<String, String> attributes,
            Map<String, String> scope,
            List<XmlNode> content) {
        this.name = name;
        this.namespace = namespace;
        this.localName = name.substring(name.indexOf(':') + 1);
        this.attributes = Collections.unmodifiableMap(attributes);
        this.scope = scope;
        this.content = content;
    }

    /** The root of a new document, which declares these namespaces. */
    static XmlElement root(Namespace namespace, String localName, Namespace... others) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, String> scope = new HashMap<>();
        Stream.concat(Stream.of(namespace), Stream.of(others)).forEach(each -> {
            attributes.put("xmlns:" + each.prefix(), each.uri());
            scope.put(each.prefix(), each.uri());
        });
        return new XmlElement(
                namespace.prefix() + ":" + localName, namespace.uri(), attributes, Map.copyOf(scope), List.of());
    }

    /** A new, empty element for use in this one. It uses a prefix that is declared here, or declares the usual one itself. */
    XmlElement inner(Namespace innerNamespace, String innerLocalName) {
        for (Map.Entry<String, String> declared : scope.entrySet()) {
            if (declared.getValue().equals(innerNamespace.uri())) {
                String prefix = declared.getKey().isEmpty() ? "" : declared.getKey() + ":";
                return new XmlElement(prefix + innerLocalName, innerNamespace.uri(), Map.of(), scope, List.of());
            }
        }
        Map<String, String> innerScope = new HashMap<>(scope);
        innerScope.put(innerNamespace.prefix(), innerNamespace.uri());
        return new XmlElement(
                innerNamespace.prefix() + ":" + innerLocalName,
                innerNamespace.uri(),
                Map.of("xmlns:" + innerNamespace.prefix(), innerNamespace.uri()),
                Map.copyOf(innerScope),
                List.of());
    }

    /** The name with its prefix, as written. */
    String name() {
        return name;
    }

    String localName() {
        return localName;
    }

    boolean is(Namespace expected, String expectedLocalName) {
        return namespace.equals(expected.uri()) && localName.equals(expectedLocalName);
    }

    Map<String, String> attributes() {
        return attributes;
    }

    @Nullable
    String attribute(String attributeName) {
        return attributes.get(attributeName);
    }

    List<XmlNode> content() {
        return content;
    }

    /** The elements in this one. */
    Stream<XmlElement> elements() {
        return content.stream().filter(XmlElement.class::isInstance).map(XmlElement.class::cast);
    }

    /** The elements of this name in this one. */
    List<XmlElement> all(Namespace expected, String expectedLocalName) {
        return elements()
                .filter(element -> element.is(expected, expectedLocalName))
                .toList();
    }

    /** The elements of CPIX with this name in this one. */
    List<XmlElement> all(String expectedLocalName) {
        return all(Namespace.CPIX, expectedLocalName);
    }

    /** Whether there is neither an element nor text, other than white space. */
    boolean isEmpty() {
        return elements().findAny().isEmpty() && text().isBlank();
    }

    /** The text directly in this element. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (XmlNode node : content) {
            if (node instanceof XmlNode.Text part) {
                text.append(part.text());
            }
        }
        return text.toString();
    }

    /** This element with each element in it replaced by others, by itself, or by nothing. */
    XmlElement replaceEach(Function<XmlElement, List<XmlElement>> replacement) {
        List<XmlNode> replaced = new ArrayList<>(content.size());
        for (XmlNode node : content) {
            if (node instanceof XmlElement element) {
                replaced.addAll(replacement.apply(element));
            } else {
                replaced.add(node);
            }
        }
        return withContent(replaced);
    }

    /** This element with each element of CPIX with this name in it replaced by another. */
    XmlElement replaceEach(String expectedLocalName, UnaryOperator<XmlElement> replacement) {
        return replaceEach(element ->
                List.of(element.is(Namespace.CPIX, expectedLocalName) ? replacement.apply(element) : element));
    }

    /** This element with one attribute more. */
    XmlElement with(String attributeName, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attributeName, value);
        return new XmlElement(name, namespace, more, scope, content);
    }

    /** This element with another after those in it. */
    XmlElement append(XmlElement added) {
        List<XmlNode> more = new ArrayList<>(content);
        more.add(added);
        return withContent(more);
    }

    /** This element with a new one after those in it, which begins empty and is completed by a function. */
    XmlElement append(Namespace innerNamespace, String innerLocalName, UnaryOperator<XmlElement> completion) {
        return append(completion.apply(inner(innerNamespace, innerLocalName)));
    }

    /** This element with this text instead of everything in it. */
    XmlElement withText(String text) {
        return withContent(List.of(new XmlNode.Text(text)));
    }

    /** This element with other nodes in it. */
    private XmlElement withContent(List<XmlNode> nodes) {
        return new XmlElement(name, namespace, attributes, scope, Collections.unmodifiableList(nodes));
    }

    /** Only the name: the text may be a content key. */
    @Override
    public String toString() {
        return name;
    }
}
