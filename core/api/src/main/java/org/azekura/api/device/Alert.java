package org.azekura.api.device;

import java.util.Map;

/**
 * One of the flags by which a drive says that something is wrong, or soon will be (TapeAlert, SSC-3 annex A).
 *
 * @param flag 1 to 64
 */
public record Alert(int flag) {

    /** How bad it is. */
    public enum Severity { INFORMATION, WARNING, CRITICAL }

    /** An entry of the standard's table. */
    private record Meaning(Severity severity, String text) {}

    private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
            warning(1, "reading is difficult"),
            warning(2, "writing is difficult"),
            warning(3, "an error could not be corrected"),
            critical(4, "the cartridge is bad: copy its data and use it no more"),
            critical(5, "reading failed, and drive or cartridge is bad"),
            critical(6, "writing failed, and drive or cartridge is bad"),
            warning(7, "the cartridge is worn out"),
            warning(8, "the cartridge is not of data grade"),
            critical(9, "the cartridge is write-protected"),
            information(10, "the cartridge may not be taken out now"),
            information(11, "there is a cleaning cartridge in the drive"),
            information(12, "the drive can't read cartridges of this kind"),
            critical(13, "the cartridge is broken mechanically; it can be taken out"),
            critical(14, "the tape is broken or stuck in the drive"),
            warning(15, "the memory of the cartridge is bad"),
            critical(16, "the cartridge was taken out by hand while it was used"),
            warning(17, "the drive can only read cartridges of this kind"),
            warning(18, "the cartridge's directory is bad: locating is slow"),
            information(19, "the cartridge is nearly worn out"),
            critical(20, "the drive must be cleaned now"),
            warning(21, "the drive should be cleaned"),
            critical(22, "the cleaning cartridge is used up"),
            critical(23, "this is no cleaning cartridge that the drive can use"),
            critical(30, "the drive is broken; restart it"),
            critical(31, "the drive is broken"),
            warning(35, "it is too humid in the drive"),
            warning(36, "it is too hot in the drive"),
            warning(38, "the drive will break soon"),
            warning(39, "the drive must be diagnosed"),
            warning(51, "the cartridge's directory was not written: locating is slow"),
            critical(52, "the cartridge's own area can't be written: copy its data and use it no more"),
            critical(53, "the cartridge's own area can't be read"),
            critical(55, "the cartridge can't be loaded"),
            critical(56, "the cartridge can't be unloaded"),
            critical(57, "drive and changer do not understand each other"),
            warning(59, "the cartridge, one that is written once, may have been changed"),
            warning(60, "somebody tried to overwrite a cartridge that is written once"));

    public Alert {
        if (flag < 1 || flag > 64) {
            throw new IllegalArgumentException("TapeAlert has flags 1 to 64, not " + flag);
        }
    }

    /** What is not in the standard's table, or was not in its third version, is a warning. */
    public Severity severity() {
        Meaning meaning = MEANINGS.get(flag);
        return meaning == null ? Severity.WARNING : meaning.severity();
    }

    /** For people. */
    @Override
    public String toString() {
        Meaning meaning = MEANINGS.get(flag);
        return "TapeAlert " + flag + (meaning == null ? "" : ": " + meaning.text());
    }

    private static Map.Entry<Integer, Meaning> information(int flag, String text) {
        return Map.entry(flag, new Meaning(Severity.INFORMATION, text));
    }

    private static Map.Entry<Integer, Meaning> warning(int flag, String text) {
        return Map.entry(flag, new Meaning(Severity.WARNING, text));
    }

    private static Map.Entry<Integer, Meaning> critical(int flag, String text) {
        return Map.entry(flag, new Meaning(Severity.CRITICAL, text));
    }
}
