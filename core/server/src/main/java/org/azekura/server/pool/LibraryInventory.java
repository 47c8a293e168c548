package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.server.host.ConnectedNode;

/** What lies in a pool's library, as its node says. */
final class LibraryInventory {

    /** A robot that moves answers when it is through. */
    private static final Duration ASKED = Duration.ofMinutes(5);

    private LibraryInventory() {}

    /** Empty for a pool in no library, and for a library without a robot. */
    static Optional<List<Element>> of(Pool pool, ConnectedNode node) throws BackupException {
        try {
            Answer.Elements found = node.ask(new NodeOrder.ListElements(pool.device()), Answer.Elements.class, ASKED);
            return found.changer() ? Optional.of(found.elements().stream().map(LibraryInventory::element).toList()) : Optional.empty();
        } catch (BackupException e) {
            if (e.failure().code().equals("library.none")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Element element(Answer.ElementFound found) {
        Element.Content content = switch (found.filling()) {
            case EMPTY -> new Element.Empty();
            case UNKNOWN -> new Element.Unknown();
            case CARTRIDGE -> found.barcode() == null ? new Element.Unnamed() : new Element.Named(found.barcode());
        };
        return new Element(new ElementAddress(found.address()), found.kind(), content,
                found.source() < 0 ? Optional.empty() : Optional.of(new ElementAddress(found.source())),
                found.drive() < 0 ? OptionalInt.empty() : OptionalInt.of(found.drive()), found.accessible(), found.problem());
    }
}
