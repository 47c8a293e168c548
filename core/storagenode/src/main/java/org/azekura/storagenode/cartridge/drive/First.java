package org.azekura.storagenode.cartridge.drive;

import org.azekura.engine.volume.Label;

/** What a cartridge begins with; as text for messages. */
public sealed interface First {

    /** Nothing: it can be taken for a new volume. */
    record Blank() implements First {

        @Override
        public String toString() {
            return "nothing";
        }
    }

    /** A label; {@code bytes} as it is there. */
    record Labelled(Label label, byte[] bytes) implements First {

        @Override
        public String toString() {
            return "the label of volume \"" + label.name() + "\" (" + label.volume() + ") of pool " + label.pool();
        }
    }

    /** Something else, or nobody can tell: it is never written. */
    record Other(String why) implements First {

        @Override
        public String toString() {
            return "something else (" + why + ")";
        }
    }
}
