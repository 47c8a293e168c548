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
        public Library library(String changer, List<String> drives, String chapFile) throws BackupException {
            return PlainLibrary.open(changer, drives, chapFile);
        }

        @Override
        public Feeder feeder() {
            return Feeder.terminal();
        }
    };

    /**
     * @param changer  null without one
     * @param chapFile with an account for iSCSI targets; empty: none
     * @throws BackupException {@code setting.*}
     */
    Library library(String changer, List<String> drives, String chapFile) throws BackupException;

    Feeder feeder();
}
