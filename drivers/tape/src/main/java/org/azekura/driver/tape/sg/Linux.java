package org.azekura.driver.tape.sg;

/** What Linux says, in words. */
final class Linux {

    private Linux() {}

    /** @param error why a device could not be opened */
    static String opening(int error) {
        return switch (error) {
            case 1, 13 -> "not allowed; run as root, or give this user the device (group tape)";
            case 2 -> "it does not exist; \"lsscsi -g\" lists what is there, and \"modprobe sg\" makes /dev/sg appear";
            case 6, 19 -> "there is no device behind it; it was removed, or its driver is gone";
            case 16 -> "another program has it for itself";
            case 25 -> "it is no device of the SCSI generic driver; name /dev/sgN, as \"lsscsi -g\" shows it for the drive or the changer";
            default -> named(error);
        };
    }

    static String named(int error) {
        return switch (error) {
            case 1 -> "not permitted";
            case 5 -> "input or output error";
            case 6 -> "no such device or address";
            case 12 -> "out of memory; the transfer may be too long for the host adapter";
            case 14 -> "bad address";
            case 16 -> "busy";
            case 19 -> "the device is gone";
            case 22 -> "invalid; the transfer may be too long for the host adapter";
            case 24 -> "too many open files";
            case 33 -> "too many commands in flight";
            default -> "error " + error;
        };
    }

    /** @return null if the adapter is content */
    static String host(int status) {
        return switch (status) {
            case 0 -> null;
            case 1 -> "no connection to the device";
            case 2 -> "the bus stayed busy";
            case 3 -> "time out at the host adapter";
            case 4 -> "there is no device at this address";
            case 5 -> "the command was aborted";
            case 6 -> "parity error";
            case 7 -> "internal error of the host adapter";
            case 8 -> "the device or the bus was reset";
            case 9 -> "unexpected interrupt";
            case 0x0b -> "the host adapter asks to try again";
            case 0x0e -> "the path was disrupted";
            case 0x0f -> "the path was failed over too fast";
            case 0x10 -> "the target failed";
            case 0x11 -> "another nexus has it";
            case 0x12 -> "no space";
            case 0x13 -> "medium error at the host adapter";
            default -> "host status " + status;
        };
    }
}
