package org.azekura.driver.simulator;

/** What goes wrong. */
sealed interface Effect {

    /** Something that can go wrong with every call, before it has done anything. */
    sealed interface Anywhere extends Effect {}

    /** The device says that it is broken. */
    record HardwareError() implements Anywhere {}

    /** Somebody else has reserved it. */
    record Conflict() implements Anywhere {}

    /** The command does not arrive. */
    record NoAnswer() implements Anywhere {}

    /** Somebody reset the device, or opened the library. */
    record Reset() implements Anywhere {}

    /** It takes so many seconds longer. */
    record Takes(long seconds) implements Anywhere {}

    /** It does not come back until its power goes, or it is closed. */
    record Hang() implements Anywhere {}

    /** The command arrives and is carried out, the answer is lost. */
    record NoAnswerAfter() implements Effect {}

    /** The power of the drive goes. */
    record PowerOff() implements Effect {}

    /** The drive raises a flag. */
    record Raise(int flag) implements Effect {}

    /** The drive corrects so many errors, and counts them. */
    record Corrects(long errors) implements Effect {}

    /** Somebody moved the tape behind our back before this. */
    record MovedTo(long object) implements Effect {}

    /** The tape does not take it, or does not give it back. */
    record MediumError() implements Effect {}

    /** The tape does not take it, which is found only when the buffer is emptied. */
    record DeferredError() implements Effect {}

    /** It says that all is well, and did nothing. */
    record FalseGood() implements Effect {}

    /** One bit turns over; the checksum on the tape tells, or does not. */
    record Flip(long bit, boolean unreadable) implements Effect {}

    /** A block comes back so much shorter, without a word. */
    record Cut(int bytes) implements Effect {}

    record EarlyWarning() implements Effect {}

    record ProgrammedWarning() implements Effect {}

    /** There is no room for it. */
    record Full() implements Effect {}

    /** Loading takes so many seconds longer, and the drive says why. */
    record Calibrating(long seconds) implements Effect {}

    /** The drive does not forget the key. */
    record KeepsKey() implements Effect {}

    /** The memory of the cartridge says where something lies as it did before it was written last. */
    record OldMemory() implements Effect {}

    /** The drive names another place than that where it stands. */
    record Says(long object) implements Effect {}

    /** The cartridge stays in the picker. */
    record Jam() implements Effect {}

    /** The label can't be read. */
    record NoBarcode() implements Effect {}

    /** The changer says that the picker can't get there. */
    record NoAccess() implements Effect {}
}
