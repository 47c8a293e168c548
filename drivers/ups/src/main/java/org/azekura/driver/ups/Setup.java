package org.azekura.driver.ups;

import java.time.Duration;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.api.device.PowerSource.Patience;

/**
 * What the operator wants, checked.
 *
 * @param poll    between two questions
 * @param silence without an answer, after which nothing is known
 * @param low     percent of charge at which the battery counts as low; 0: when the device says so
 * @param empty   volts of an empty battery; 0 if the charge is not to be told from the voltage
 * @param full    volts of a full one; likewise
 * @param longest on battery, after which that counts as low; zero for no bound
 */
record Setup(String port, Duration poll, Duration silence, Patience patience, int low, double empty, double full, Duration longest) {

    static Setup check(UpsDevice.Settings given) throws BackupException {
        String port = given.port();
        if (port == null || !port.startsWith("/")) {
            throw setting("port", port, "give the serial line by its whole name, like /dev/ttyS0 or /dev/serial/by-id/usb-…");
        }
        range("poll_ms", given.poll__ms(), 200, 60_000);
        range("silence_s", given.silence__s(), 2, 3600);
        range("batteryWait_s", given.batteryWait__s(), 0, 3600);
        range("mainsWait_s", given.mainsWait__s(), 0, 86_400);
        range("low_percent", given.low__percent(), 0, 99);
        range("longest_s", given.longest__s(), 0, 86_400);
        double empty = given.empty__V();
        double full = given.full__V();
        if (!(empty >= 0 && full >= 0 && full <= 1000 && (full == 0 && empty == 0 || empty < full))) {
            throw setting("full_V", String.valueOf(full), "give both voltages, empty_V less than full_V, like 21.6 and 27.2; or none");
        }
        if (given.low__percent() > 0 && full == 0) {
            throw setting("low_percent", String.valueOf(given.low__percent()), "the charge is known by voltage only: give empty_V and full_V, too");
        }
        return new Setup(port, Duration.ofMillis(given.poll__ms()), Duration.ofSeconds(given.silence__s()),
                new Patience(Duration.ofSeconds(given.batteryWait__s()), Duration.ofSeconds(given.mainsWait__s())), given.low__percent(), empty, full,
                Duration.ofSeconds(given.longest__s()));
    }

    private static void range(String name, int value, int least, int most) throws BackupException {
        if (value < least || value > most) {
            throw setting(name, String.valueOf(value), "it is a number from " + least + " to " + most);
        }
    }

    private static BackupException setting(String name, String value, String what) {
        return BackupException.operator("setting.value", name, "setting " + name + " is \"" + value + "\": " + what);
    }

    /** What this voltage says of the charge. */
    OptionalInt charge(double volts) {
        return full == 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.round(Math.clamp(100 * (volts - empty) / (full - empty), 0, 100)));
    }
}
