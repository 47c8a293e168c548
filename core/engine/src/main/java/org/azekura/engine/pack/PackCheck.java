package org.azekura.engine.pack;

import java.util.List;
import org.azekura.api.ChunkId;

/**
 * What reading a whole pack has shown.
 *
 * @param damaged chunks whose frames are not as written. Empty although the pack is unsound: the damage is in the header, the index or the
 *                trailer; {@link PackReader#scan} then tells which chunks are whole
 * @param what    what was found and what expected, on one line; null if the pack is sound
 */
public record PackCheck(List<ChunkId> damaged, String what) {

    public PackCheck {
        damaged = List.copyOf(damaged);
    }

    public boolean sound() {
        return what == null;
    }
}
