package org.azekura.api.driver;

import java.util.List;

/**
 * What can be set of a driver's devices, as its metatype says, in the words of one language.
 *
 * @param driver      like {@code disk}
 * @param title       what kind of device it is, for people
 * @param description empty if there is none
 * @param settings    in the order in which people are asked for them
 */
public record SettingsForm(String driver, String title, String description, List<Setting> settings) {

    /** What a setting's value is. */
    public enum Kind {
        TEXT,
        /** Text that is never shown. */
        SECRET,
        WHOLE_NUMBER, NUMBER,
        /** {@code true} or {@code false}. */
        SWITCH
    }

    /**
     * @param name     by which it is set; what is behind its last underscore is its unit
     * @param required whether it has to be given
     * @param preset   what it is if nobody gives it; null if nothing is said about that
     * @param least    the smallest value, null for no bound
     * @param most     the greatest value, null for no bound
     * @param choices  the only values that will do; empty for no such bound
     */
    public record Setting(String name, String label, String description, Kind kind, boolean required, String preset, String least, String most,
            List<Choice> choices) {

        public Setting {
            choices = List.copyOf(choices);
        }
    }

    /** A value and what people are shown for it. */
    public record Choice(String value, String label) {}

    public SettingsForm {
        settings = List.copyOf(settings);
    }
}
