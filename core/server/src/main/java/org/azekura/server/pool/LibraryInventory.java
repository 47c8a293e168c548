package org.azekura.server.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.server.host.ConnectedNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies in a pool's library, as its node says. */
final class LibraryInventory {

    private static final Logger log = LoggerFactory.getLogger(LibraryInventory.class);
    /** Less than a node waits for an answer to what it asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private LibraryInventory() {}

    /** Empty if the library has no changer or does not say; then its node looks for itself. */
    static Optional<List<Element>> of(Pool pool, ConnectedNode node) {
        try {
            LibraryAnswer.Elements found = node.ask(new LibraryOrder.ListElements(pool.device()), LibraryAnswer.Elements.class, PATIENCE);
            return found.changer() ? Optional.of(elements(found)) : Optional.empty();
        } catch (BackupException e) {
            log.info("pool={} its library {} does not say what lies in it: {}", pool.name(), pool.device(), e.getMessage());
            return Optional.empty();
        }
    }

    private static List<Element> elements(LibraryAnswer.Elements found) {
        List<Element> elements = new ArrayList<>();
        for (LibraryAnswer.ElementFound one : found.elements()) {
            Element.Content content = switch (one.filling()) {
                case EMPTY -> new Element.Empty();
                case UNKNOWN -> new Element.Unknown();
                case CARTRIDGE -> one.barcode() == null ? new Element.Unnamed() : new Element.Named(one.barcode());
            };
            elements.add(new Element(new ElementAddress(one.address()), one.kind(), content, Optional.empty(), OptionalInt.empty(), one.accessible(), one.problem()));
        }
        return elements;
    }
}
