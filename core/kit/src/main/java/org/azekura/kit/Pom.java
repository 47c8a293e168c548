package org.azekura.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.w3c.dom.Element;

/** What a pom says without Maven being asked. */
record Pom(String artifactId, String version) {

    static Pom read(Path file) throws IOException {
        Element project = Xml.read(file).getDocumentElement();
        String version = text(project, "version").or(() -> child(project, "parent").flatMap(parent -> text(parent, "version"))).orElse("");
        return new Pom(text(project, "artifactId").orElse(""), version);
    }

    /** As Maven names the jar if nobody says otherwise. */
    String finalName() {
        return artifactId + "-" + version;
    }

    private static Optional<Element> child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(element -> element.getTextContent().strip());
    }
}
