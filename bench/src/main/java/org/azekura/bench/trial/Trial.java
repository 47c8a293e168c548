package org.azekura.bench.trial;

import java.io.IOException;

/** Measures something in an appliance of its own. */
interface Trial {

    /** What was found, as soon as it is. */
    @FunctionalInterface
    interface Found {
        /**
         * @param name of the figure, of {@link Figure}
         * @param of   what was worked on, for a reader
         */
        void fact(Figure name, double value, String of) throws IOException;
    }

    String name();

    void run(Found found) throws IOException, InterruptedException;
}
