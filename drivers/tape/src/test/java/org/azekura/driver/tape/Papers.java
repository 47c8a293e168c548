package org.azekura.driver.tape;

import java.util.List;
import java.util.Optional;
import org.azekura.driver.tape.paper.PaperDrive;

/** Libraries of one drive on paper, in which time passes at once. */
final class Papers {

    private Papers() {}

    static TapeLibrary library(PaperDrive paper) {
        return library(paper, (time, where) -> { });
    }

    static TapeLibrary library(PaperDrive paper, Pauses pauses) {
        return new TapeLibrary(new TapeLibrary.Setup(Optional.empty(), List.of(paper), List.of(), 1 << 20, true, Libraries.KEY), pauses);
    }
}
