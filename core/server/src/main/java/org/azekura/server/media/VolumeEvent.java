package org.azekura.server.media;

import java.util.Optional;
import java.util.stream.Stream;

/** What can happen to a volume. */
enum VolumeEvent {
    /** No room is left on it. */
    FILLED("full"),
    /** Errors of it, or the end that its node could not prove: nothing may be written on it any more. */
    ACCUSED("suspect"),
    /** Its label can't be read, or is another one than it had. */
    DISOWNED("quarantined"),
    /** It is not in its library. */
    LOST("missing"),
    /** It is there again, with the label that it had, and says of itself that it takes more. */
    PROVEN("appendable"),
    /** An operator has it left as it is. */
    LOCKED("locked"),
    /** An operator says that it may be used as its contents allow. */
    UNLOCKED("unlocked"),
    /** Nothing on it is needed any more. */
    EMPTIED("expired"),
    /** An operator, or the pool's rules, give it away to be labelled anew. */
    RELEASED("scratch"),
    /** An operator gives it up, whatever is on it. */
    FORGOTTEN("expired");

    private final String word;

    VolumeEvent(String word) {
        this.word = word;
    }

    /** What a node may tell of a volume, by its word. */
    static Optional<VolumeEvent> told(String word) {
        return Stream.of(FILLED, ACCUSED, DISOWNED, LOST, PROVEN).filter(event -> event.word.equals(word)).findFirst();
    }

    /** The state that people call what comes of it. */
    String word() {
        return word;
    }
}
