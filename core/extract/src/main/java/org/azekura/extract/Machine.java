package org.azekura.extract;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.PlainLibrary;

/** What this program finds outside of it: drives, and who feeds them. */
interface Machine {

    /** As the command line is used. */
    Machine REAL = new Machine() {

        @Override
        public Library library(String changer, List<String> drives) throws BackupException {
            return PlainLibrary.open(changer, drives);
        }

        @Override
        public Feeder feeder() {
            return Feeder.terminal();
        }
    };

    /**
     * @param changer null without one
     * @throws BackupException {@code setting.*}
     */
    Library library(String changer, List<String> drives) throws BackupException;

    Feeder feeder();
}
