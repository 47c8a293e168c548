package org.azekura.driver.tape;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Sense;
import org.azekura.driver.tape.scsi.SenseTable;
import org.azekura.driver.tape.scsi.Verdict;

/** The two kinds of devices, and the names that the interfaces have for what they refuse. */
enum Family {

    DRIVE(1, "tape drive"), CHANGER(8, "changer");

    private final int type;
    private final String word;

    Family(int type, String word) {
        this.type = type;
        this.word = word;
    }

    /** As INQUIRY says it. */
    int type() {
        return type;
    }

    String word() {
        return word;
    }

    BackupException refused(String where, Answer answer, Doing doing) {
        Optional<Sense> earlier = answer.sense().filter(Sense::deferred);
        Verdict verdict = earlier.map(SenseTable::verdict).orElse(answer.verdict());
        String text = "the " + word + " says: " + answer.text();
        if (earlier.isPresent() && verdict != Verdict.SUSPECT_DRIVE && verdict != Verdict.GARBLED && this == DRIVE) {
            return Trouble.media("media.write", where, text + "; what was written is not all on the tape");
        }
        return switch (verdict) {
            case ATTENTION -> this == DRIVE ? Trouble.attention(where)
                    : Trouble.device("changer.attention", where, text + "; take the inventory");
            case EMPTY, LOAD, CLEANING -> this == DRIVE ? Trouble.unloaded(where) : Trouble.operator("changer.empty", where, text);
            case RETRY -> this == DRIVE ? Trouble.device("drive.busy", where, text) : Trouble.device("device.timeout", where, text);
            case UNSUPPORTED -> Trouble.unsupported(where, text);
            case TAKEN -> Trouble.operator("changer.taken", where, text);
            case ADDRESS -> Trouble.operator("changer.address", where, text);
            case HELD -> this == DRIVE ? Trouble.device("device.reserved", where, text + "; somebody else prevents it")
                    : Trouble.device("changer.held", where, text + "; unload it first");
            case PROTECTED -> Trouble.media("media.protected", where, text);
            case KEY -> Trouble.media("media.key", where, text);
            case SUSPECT_TAPE -> medium(where, text, doing);
            case UNFIT -> Trouble.media("media.unfit", where, text);
            case SUSPECT_DRIVE -> Trouble.device("device.hardware", where, text);
            // What is wrong on the tape or in the drive when it reads; else it came so, and the way is accused first.
            case GARBLED -> Trouble.device(doing == Doing.READING && earlier.isEmpty() ? "device.hardware" : "device.io", where, text);
            case JAM -> Trouble.device(this == DRIVE ? "device.hardware" : "changer.jam", where, text);
            case NEXT_TAPE -> Trouble.media("media.write", where, text);
            case DONE, NOTE, CLEAN, PROGRAMMED_WARNING, EARLY_WARNING, FILEMARK, END_OF_DATA, BEGINNING, REPOSITION, OPERATOR ->
                    Trouble.device("device.io", where, text);
        };
    }

    private BackupException medium(String where, String text, Doing doing) {
        return this == CHANGER ? Trouble.device("device.hardware", where, text)
                : Trouble.media(doing == Doing.WRITING ? "media.write" : "media.read", where, text);
    }
}
